package harness

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"reflect"
)

// A Pair is a type that is sent and one that receives it.
type Pair struct {
	Name           string
	Sent, Received Type
	JSON           []string // values to send; random ones where there are none
}

// A pairLine is a value to be sent, and of what becomes of it is to be foretold.
type pairLine struct {
	Name          string          `json:"name"`
	Pair          int             `json:"pair"`
	Sent          string          `json:"sent"`
	SentDecls     []string        `json:"sentDecls"`
	Received      string          `json:"received"`
	ReceivedDecls []string        `json:"receivedDecls"`
	JSON          json.RawMessage `json:"json"`
}

// emitPairs makes values, but those that Go cannot send.
func emitPairs(pairs []Pair, registry *Registry, seed int64, values int, emit func(pairLine)) {
	for i, p := range pairs {
		random := rand.New(rand.NewSource(seed<<20 + int64(i)))
		texts := p.JSON
		for n := 0; len(p.JSON) == 0 && n < values; n++ {
			value := reflect.New(p.Sent.Type).Elem()
			(&filler{random: random, registry: registry, left: 25}).fill(value, false)
			encoder := gob.NewEncoder(io.Discard)
			if attempt(func() error { return encoder.EncodeValue(value.Addr()) }) != nil {
				continue
			}
			texts = append(texts, (&renderer{registry: registry}).sent(value))
		}
		for n, text := range texts {
			emit(pairLine{
				fmt.Sprintf("%s/%d", p.Name, n), i, p.Sent.Name, p.Sent.Declarations,
				p.Received.Name, p.Received.Declarations, json.RawMessage(text),
			})
		}
	}
}

// A forecast is what was foretold of a stream.
type forecast struct {
	Name    string
	Pair    int
	Stream  string // in hexadecimal digits
	Outcome string // received, refused or unknown
	Error   string // where it is known
	Value   string // what Plain says
	Unsent  []string
	Dropped []string
	Missing []string
}

// check says how Go does otherwise.
func (f forecast) check(p Pair, registry *Registry) string {
	value, err := receive(f.Stream, p.Received.Type)
	switch {
	case f.Outcome == "unknown":
		return ""
	case err != nil && f.Outcome != "refused":
		return fmt.Sprintf("Go refuses it: %v", err)
	case err != nil && f.Error != "" && f.Error != err.Error():
		return fmt.Sprintf("Go says %q, not %q", err, f.Error)
	case err == nil && f.Outcome == "refused":
		return fmt.Sprintf("Go receives it as %s, not %q", plain(value, registry), f.Error)
	case err != nil:
		return ""
	}
	if text := plain(value, registry); text != f.Value {
		return fmt.Sprintf("Go has %s, not %s", text, f.Value)
	}
	sent, err := receive(f.Stream, p.Sent.Type)
	if err != nil {
		// Another type of the same name is registered here.
		return ""
	}
	l := &losses{}
	l.compare(sent, base(p.Received.Type), "", 0)
	return l.difference(f)
}

func receive(stream string, into reflect.Type) (reflect.Value, error) {
	data, err := hex.DecodeString(stream)
	if err != nil {
		return reflect.Value{}, err
	}
	value := reflect.New(into)
	err = attempt(func() error {
		return gob.NewDecoder(bytes.NewReader(data)).DecodeValue(value)
	})
	return value.Elem(), err
}
