package harness

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"reflect"
)

// A sample is values that were sent by Go, and by others.
type sample struct {
	Name    string
	Types   []string // of each value
	Go      string   // Go's own stream, in hexadecimal digits
	Streams []string // those of others, one after another with the same values
}

// check says how the others' values differ from Go's.
func (s sample) check(types []Type) string {
	byName := map[string]reflect.Type{}
	for _, t := range types {
		byName[t.Name] = t.Type
	}
	var into []reflect.Type
	for _, name := range s.Types {
		t, ok := byName[name]
		if !ok {
			return "no type " + name
		}
		into = append(into, t)
	}
	expected, err := decode([]string{s.Go}, into)
	if err != nil {
		return "of Go itself: " + err.Error()
	}
	found, err := decode(s.Streams, into)
	if err != nil {
		return err.Error()
	}
	for i := range expected {
		if expected[i] != found[i] {
			return fmt.Sprintf("value %d: expected %s, found %s", i, expected[i], found[i])
		}
	}
	return ""
}

// decode describes the values of streams, which must end with the last value.
func decode(streams []string, into []reflect.Type) (texts []string, err error) {
	for _, stream := range streams {
		data, err := hex.DecodeString(stream)
		if err != nil {
			return nil, err
		}
		reader := bytes.NewReader(data)
		for decoder := gob.NewDecoder(reader); reader.Len() > 0; {
			if len(texts) == len(into) {
				return nil, fmt.Errorf("more than %d values", len(into))
			}
			value := reflect.New(into[len(texts)])
			if err := attempt(func() error { return decoder.DecodeValue(value) }); err != nil {
				return nil, fmt.Errorf("value %d: %w", len(texts), err)
			}
			texts = append(texts, Describe(value.Elem()))
		}
	}
	if len(texts) != len(into) {
		return nil, fmt.Errorf("%d values instead of %d", len(texts), len(into))
	}
	return texts, nil
}

// attempt takes a panic for an error: gob has some of its own.
func attempt(do func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return do()
}
