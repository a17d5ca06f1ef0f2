// A Pulumi provider for trunks as one would write it by hand on the raw protocol: what the other adapters are compared with.
//
// create = POST + GET, refresh = GET, delete = DELETE; no retries, no shared reads. PEER_MODE chooses a variant:
// "limited" waits for its turn under Plivo's 300 requests in 5 s and repeats what is refused all the same, "noop" makes no
// request at all.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"sync/atomic"
	"time"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

type provider struct {
	rpc.UnimplementedResourceProviderServer
	cloud cloud
}

// kinds: resource type -> where Plivo has it, and what its id is called there.
var kinds = map[string]struct{ path, id string }{
	"plivo:index:Trunk":      {"Zentrunk/Trunk/", "trunk_id"},
	"plivo:index:Credential": {"Zentrunk/Credential/", "credential_uuid"},
}

func (p *provider) GetPluginInfo(context.Context, *emptypb.Empty) (*rpc.PluginInfo, error) {
	return &rpc.PluginInfo{Version: "0.1.0"}, nil
}

func (p *provider) CheckConfig(_ context.Context, r *rpc.CheckRequest) (*rpc.CheckResponse, error) {
	return &rpc.CheckResponse{Inputs: r.News}, nil
}

func (p *provider) DiffConfig(context.Context, *rpc.DiffRequest) (*rpc.DiffResponse, error) {
	return &rpc.DiffResponse{Changes: rpc.DiffResponse_DIFF_NONE}, nil
}

func (p *provider) Configure(_ context.Context, r *rpc.ConfigureRequest) (*rpc.ConfigureResponse, error) {
	set := r.GetVariables()
	switch mode := os.Getenv("PEER_MODE"); mode {
	case "noop":
		p.cloud = &nothing{}
	case "", "limited":
		p.cloud = newPlivo(set["plivo:config:baseUrl"], set["plivo:config:authId"], set["plivo:config:authToken"], mode == "limited")
	default:
		return nil, fmt.Errorf("PEER_MODE=%s is not known", mode)
	}
	return &rpc.ConfigureResponse{SupportsPreview: true}, nil
}

func (p *provider) Check(_ context.Context, r *rpc.CheckRequest) (*rpc.CheckResponse, error) {
	return &rpc.CheckResponse{Inputs: r.News}, nil
}

func (p *provider) Diff(_ context.Context, r *rpc.DiffRequest) (*rpc.DiffResponse, error) {
	old, changed := r.OldInputs.AsMap(), rpc.DiffResponse_DIFF_NONE
	for key, value := range r.News.AsMap() {
		if fmt.Sprint(old[key]) != fmt.Sprint(value) {
			changed = rpc.DiffResponse_DIFF_SOME
		}
	}
	return &rpc.DiffResponse{Changes: changed}, nil
}

func (p *provider) Create(ctx context.Context, r *rpc.CreateRequest) (*rpc.CreateResponse, error) {
	if r.Preview {
		return &rpc.CreateResponse{Properties: r.Properties}, nil
	}
	kind, inputs := kinds[r.Type], r.Properties.AsMap()
	id, err := p.cloud.create(ctx, kind.path, kind.id, toWire(inputs))
	if err != nil {
		return nil, err
	}
	row, err := p.cloud.get(ctx, kind.path, id, toWire(inputs))
	if err != nil {
		return nil, err
	}
	outputs, err := outputs(row, kind.id, inputs)
	return &rpc.CreateResponse{Id: id, Properties: outputs}, err
}

func (p *provider) Read(ctx context.Context, r *rpc.ReadRequest) (*rpc.ReadResponse, error) {
	kind, inputs := kinds[r.Type], r.Inputs.AsMap()
	row, err := p.cloud.get(ctx, kind.path, r.Id, toWire(inputs))
	if err != nil {
		return nil, err
	}
	outputs, err := outputs(row, kind.id, inputs)
	return &rpc.ReadResponse{Id: r.Id, Inputs: r.Inputs, Properties: outputs}, err
}

func (p *provider) Delete(ctx context.Context, r *rpc.DeleteRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, p.cloud.remove(ctx, kinds[r.Type].path, r.Id)
}

func (p *provider) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// outputs: what Plivo answers, and what it never answers (the password) as it was given.
func outputs(row map[string]any, idField string, inputs map[string]any) (*structpb.Struct, error) {
	all := map[string]any{}
	for key, value := range inputs {
		all[key] = value
	}
	for key, value := range row {
		all[camelCase(key)] = value
	}
	delete(all, "apiId")
	return structpb.NewStruct(all)
}

// nothing answers at once and calls nobody.
type nothing struct{ last atomic.Int64 }

func (n *nothing) create(context.Context, string, string, map[string]any) (string, error) {
	return strconv.FormatInt(1e16+n.last.Add(1), 10), nil
}

func (n *nothing) get(_ context.Context, path, id string, given map[string]any) (map[string]any, error) {
	if path != kinds["plivo:index:Trunk"].path {
		return map[string]any{"credential_uuid": id, "name": given["name"], "username": given["username"]}, nil
	}
	return map[string]any{
		"trunk_id": id, "trunk_domain": id + ".zt.plivo.com", "name": given["name"], "trunk_status": "enabled",
		"trunk_direction": given["trunk_direction"], "secure": false, "credential_uuid": given["credential_uuid"],
		"ipacl_uuid": nil, "primary_uri_uuid": nil, "fallback_uri_uuid": nil,
	}, nil
}

func (n *nothing) remove(context.Context, string, string) error { return nil }

// endWithParent: an engine that was killed sends nothing at all.
func endWithParent() {
	for parent := os.Getppid(); os.Getppid() == parent; {
		time.Sleep(2 * time.Second)
	}
	os.Exit(0)
}

func main() {
	// The engine ends each command with SIGINT.
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	go func() { <-interrupted; os.Exit(0) }()
	go endWithParent()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := grpc.NewServer()
	rpc.RegisterResourceProviderServer(server, &provider{})
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	if err := server.Serve(listener); err != nil {
		os.Exit(1)
	}
}
