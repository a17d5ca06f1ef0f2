// Writes the SDKs of the plugin from its schema, with the code generators of Pulumi's own Go module: exactly what
// `pulumi package gen-sdk` writes, without language hosts. Usage: sdkgen SCHEMA OUTDIR
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// BindSpec refuses a nil loader; our schema refers to no other package.
type noLoader struct{}

func (noLoader) LoadPackage(pkg string, _ *semver.Version) (*schema.Package, error) {
	return nil, fmt.Errorf("the schema refers to package %q", pkg)
}

func (noLoader) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, fmt.Errorf("the schema refers to package %q", d.Name)
}

type generator func(tool string, pkg *schema.Package) (map[string][]byte, error)

var generators = map[string]generator{
	"nodejs": func(tool string, pkg *schema.Package) (map[string][]byte, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
	},
	"python": func(tool string, pkg *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage(tool, pkg, nil, nil)
	},
	"go": func(tool string, pkg *schema.Package) (map[string][]byte, error) {
		return gogen.GeneratePackage(tool, pkg, nil)
	},
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: sdkgen SCHEMA OUTDIR")
	}
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	for language, generate := range generators {
		files, err := generate("scripts/generate", bind(spec)) // bound anew for each: the generators change it
		check(err)
		write(filepath.Join(os.Args[2], language), files)
	}
}

// bind fails on warnings too.
func bind(spec schema.PackageSpec) *schema.Package {
	pkg, diagnostics, err := schema.BindSpec(spec, noLoader{}, schema.ValidationOptions{})
	check(err)
	for _, diagnostic := range diagnostics {
		log.Println(diagnostic.Summary, diagnostic.Detail)
	}
	if len(diagnostics) > 0 {
		os.Exit(1)
	}
	return pkg
}

func write(folder string, files map[string][]byte) {
	check(os.RemoveAll(folder))
	for name, data := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, data, 0o644))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
