package harness

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"
	"time"
)

// plain writes what a receiver has, as far as gob would send it on: without pointers, but for nil
// ones, and without the names of types, floats by their bits and texts by their bytes. A zero that
// writes itself is nil.
func plain(v reflect.Value, registry *Registry) string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "nil"
		}
		v = v.Elem()
	}
	if isOpaque(v.Type()) {
		if isZeroOpaque(v) {
			return "nil"
		}
		data, err := opaqueBytes(v)
		return fmt.Sprintf("opaque %x%v", data, errorText(err))
	}
	inside := func(v reflect.Value) string { return plain(v, registry) }
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return bits(v.Float())
	case reflect.Complex64, reflect.Complex128:
		return bits(real(v.Complex())) + "+" + bits(imag(v.Complex()))
	case reflect.String:
		return fmt.Sprintf("string %x", v.String())
	case reflect.Slice:
		switch {
		case v.IsNil():
			return "nil"
		case v.Type().Elem().Kind() == reflect.Uint8:
			return fmt.Sprintf("bytes %x", v.Bytes())
		}
		return plainList(v, inside)
	case reflect.Array:
		return plainList(v, inside)
	case reflect.Map:
		if v.IsNil() {
			return "nil"
		}
		var pairs []string
		for entries := v.MapRange(); entries.Next(); {
			pairs = append(pairs, inside(entries.Key())+": "+inside(entries.Value()))
		}
		sort.Strings(pairs)
		return "map[" + strings.Join(pairs, ", ") + "]"
	case reflect.Interface:
		if v.IsNil() {
			return "nil"
		}
		name, _ := registry.find(base(v.Elem().Type()))
		return name + "(" + inside(v.Elem()) + ")"
	case reflect.Struct:
		var parts []string
		for i := 0; i < v.NumField(); i++ {
			if field := v.Type().Field(i); isSent(field) {
				parts = append(parts, field.Name+": "+inside(v.Field(i)))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

func plainList(v reflect.Value, inside func(reflect.Value) string) string {
	var parts []string
	for i := 0; i < v.Len(); i++ {
		parts = append(parts, inside(v.Index(i)))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func bits(number float64) string {
	if number != number {
		return "NaN"
	}
	return fmt.Sprintf("%x", math.Float64bits(number))
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// isZeroOpaque says whether what a value writes is what one of the zero values of these programs
// does; what was not sent is one of them.
func isZeroOpaque(v reflect.Value) bool {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return true
		}
		v = v.Elem()
	}
	data, _ := opaqueBytes(v)
	zero, _ := time.Time{}.GobEncode()
	switch string(data) {
	case "", "\x00", "\x02", string(zero):
		return true
	}
	return false
}
