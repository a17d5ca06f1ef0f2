package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// cloud is where trunks live.
type cloud interface {
	create(ctx context.Context, path, idField string, body map[string]any) (string, error)
	get(ctx context.Context, path, id string, given map[string]any) (map[string]any, error)
	remove(ctx context.Context, path, id string) error
}

// plivo is the REST API.
type plivo struct {
	url, user, password string
	client              *http.Client
	turn                func()
	patient             bool // repeats what was refused with 429
}

func newPlivo(baseURL, authID, authToken string, limited bool) *plivo {
	turn := func() {}
	if limited {
		turn = (&limiter{requests: 300, window: 5 * time.Second}).wait
	}
	// The default keeps two idle connections only.
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	return &plivo{url: baseURL + "/Account/" + authID + "/", user: authID, password: authToken, client: client, turn: turn, patient: limited}
}

func (p *plivo) create(ctx context.Context, path, idField string, body map[string]any) (string, error) {
	answer, err := p.request(ctx, "POST", path, body)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(answer[idField]), nil
}

func (p *plivo) get(ctx context.Context, path, id string, _ map[string]any) (map[string]any, error) {
	answer, err := p.request(ctx, "GET", path+id+"/", nil)
	if wrapped, ok := answer["object"].(map[string]any); ok {
		return wrapped, err
	}
	return answer, err
}

func (p *plivo) remove(ctx context.Context, path, id string) error {
	_, err := p.request(ctx, "DELETE", path+id+"/", nil)
	return err
}

func (p *plivo) request(ctx context.Context, method, path string, body map[string]any) (map[string]any, error) {
	p.turn()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, p.url+path, content)
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth(p.user, p.password)
	request.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusTooManyRequests && p.patient {
		// The engine's second pass is another process: it knows nothing of the requests of the first.
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		time.Sleep(time.Duration(max(1, seconds)) * time.Second)
		return p.request(ctx, method, path, body)
	}
	if response.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s -> %d %s", method, path, response.StatusCode, text)
	}
	answer := map[string]any{}
	if len(text) > 0 {
		err = json.Unmarshal(text, &answer)
	}
	return answer, err
}

// limiter lets at most `requests` through in any `window`.
type limiter struct {
	requests int
	window   time.Duration
	lock     sync.Mutex
	taken    []time.Time
}

func (l *limiter) wait() {
	l.lock.Lock()
	defer l.lock.Unlock() // held while it waits: the others wait behind it, in turn
	if len(l.taken) == l.requests {
		// A little more than the window: the server counts arrivals, not departures.
		time.Sleep(time.Until(l.taken[0].Add(l.window + 50*time.Millisecond)))
		l.taken = l.taken[1:]
	}
	l.taken = append(l.taken, time.Now())
}

// Only what Plivo knows: `forceDestroy` is the provider's own.
func toWire(inputs map[string]any) map[string]any {
	wire := map[string]any{}
	for key, value := range inputs {
		if key != "forceDestroy" {
			wire[snakeCase(key)] = value
		}
	}
	return wire
}

func snakeCase(name string) string {
	var text strings.Builder
	for _, letter := range name {
		if unicode.IsUpper(letter) {
			text.WriteRune('_')
		}
		text.WriteRune(unicode.ToLower(letter))
	}
	return text.String()
}

func camelCase(name string) string {
	words := strings.Split(name, "_")
	for index, word := range words[1:] {
		words[index+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
