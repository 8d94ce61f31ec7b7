package harness

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
)

// A vector is a stream that Go made: a line of emit.
type vector struct {
	Name    string            `json:"name"`
	Types   []string          `json:"types"`
	Decls   []string          `json:"decls"`
	Hex     string            `json:"hex"`
	JSON    []json.RawMessage `json:"json"`
	Decoded []json.RawMessage `json:"decoded"`
	// Whether the JSON has all of the values.
	Lossless bool `json:"lossless"`
	// Whether no other encoder may write the last value in another way.
	Determined bool `json:"determined"`
}

// An emitter makes random values and sends them.
type emitter struct {
	types         []Type
	registry      *Registry
	seed          int64
	declarations  map[reflect.Type][]string
	sent, refused int
}

func newEmitter(types []Type, registry *Registry, seed int64) *emitter {
	e := &emitter{types: types, registry: registry, seed: seed}
	e.declarations = map[reflect.Type][]string{}
	for _, t := range types {
		if t.Type.Name() != "" {
			e.declarations[t.Type] = t.Declarations
		}
	}
	return e
}

// run makes streams of one value, so many of each type, and some of several types.
func (e *emitter) run(values int, emit func(vector)) {
	for i, t := range e.types {
		random := rand.New(rand.NewSource(e.seed<<20 + int64(i)))
		for n := 0; n < values; n++ {
			e.emit(fmt.Sprintf("%s/%d", t.Name, n), []Type{t}, random, emit)
		}
		if i%4 == 3 {
			var several []Type
			for n := 0; n < 6; n++ {
				several = append(several, e.types[i-random.Intn(4)])
			}
			e.emit(fmt.Sprintf("stream/%d", i), several, random, emit)
		}
	}
}

// emit sends values on one stream, but those that Go cannot send.
func (e *emitter) emit(name string, types []Type, random *rand.Rand, emit func(vector)) {
	var stream bytes.Buffer
	encoder := gob.NewEncoder(&stream)
	v := vector{Name: name, Lossless: true}
	declared := map[string]bool{}
	declare := func(declarations []string) {
		for _, d := range declarations {
			if !declared[d] {
				declared[d] = true
				v.Decls = append(v.Decls, d)
			}
		}
	}
	var into []reflect.Type
	for _, t := range types {
		value := reflect.New(t.Type).Elem()
		filler := &filler{random: random, registry: e.registry, left: 40}
		filler.fill(value, false)
		if err := attempt(func() error { return encoder.EncodeValue(value.Addr()) }); err != nil {
			e.refused++
			return
		}
		declare(t.Declarations)
		sender := &renderer{registry: e.registry}
		v.Types = append(v.Types, t.Name)
		v.JSON = append(v.JSON, json.RawMessage(sender.sent(value)))
		v.Decoded = append(v.Decoded, json.RawMessage(sender.received(value, false)))
		v.Determined = !sender.hasChoice
		v.Lossless = v.Lossless && !sender.hasLoss
		for _, c := range sender.concretes {
			declare(e.declarationsOf(c))
		}
		into = append(into, t.Type)
	}
	v.Hex = hex.EncodeToString(stream.Bytes())
	if _, err := decode([]string{v.Hex}, into); err != nil {
		fmt.Fprintf(os.Stderr, "%s: Go cannot read what it sends: %v\n", name, err)
		e.refused++
		return
	}
	e.sent++
	emit(v)
}

// declarationsOf a type that may have no name, but consist of some that do.
func (e *emitter) declarationsOf(t reflect.Type) []string {
	if t.Name() != "" {
		return e.declarations[t]
	}
	var all []string
	switch t.Kind() {
	case reflect.Map:
		all = append(e.declarationsOf(t.Key()), e.declarationsOf(t.Elem())...)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		all = e.declarationsOf(t.Elem())
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			all = append(all, e.declarationsOf(t.Field(i).Type)...)
		}
	}
	return all
}
