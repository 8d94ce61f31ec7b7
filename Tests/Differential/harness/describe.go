package harness

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"
)

// Describe writes all that a value is, so that two values are the same if their texts are: nil and
// empty apart, floats by their bits, maps in order, opaque values by what their methods write.
func Describe(v reflect.Value) string {
	var b strings.Builder
	describe(&b, v)
	return b.String()
}

func describe(b *strings.Builder, v reflect.Value) {
	if !v.IsValid() {
		b.WriteString("nothing")
		return
	}
	if isOpaque(v.Type()) && v.CanInterface() && v.Kind() != reflect.Pointer {
		data, err := opaqueBytes(v)
		fmt.Fprintf(b, "opaque(%x, %v)", data, err)
		return
	}
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		fmt.Fprintf(b, "%x", math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		fmt.Fprintf(b, "(%x, %x)", math.Float64bits(real(c)), math.Float64bits(imag(c)))
	case reflect.String:
		fmt.Fprintf(b, "%q", v.String())
	case reflect.Slice:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		describeList(b, v)
	case reflect.Array:
		describeList(b, v)
	case reflect.Map:
		describeMap(b, v)
	case reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		b.WriteString("&")
		describe(b, v.Elem())
	case reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		fmt.Fprintf(b, "%v:", v.Elem().Type())
		describe(b, v.Elem())
	case reflect.Struct:
		b.WriteString("{")
		for i := 0; i < v.NumField(); i++ {
			fmt.Fprintf(b, "%s:", v.Type().Field(i).Name)
			describe(b, v.Field(i))
			b.WriteString(" ")
		}
		b.WriteString("}")
	default:
		fmt.Fprint(b, v)
	}
}

func describeList(b *strings.Builder, v reflect.Value) {
	b.WriteString("[")
	for i := 0; i < v.Len(); i++ {
		describe(b, v.Index(i))
		b.WriteString(" ")
	}
	b.WriteString("]")
}

func describeMap(b *strings.Builder, v reflect.Value) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	var pairs []string
	for entries := v.MapRange(); entries.Next(); {
		pairs = append(pairs, Describe(entries.Key())+": "+Describe(entries.Value()))
	}
	sort.Strings(pairs)
	fmt.Fprintf(b, "map[%s]", strings.Join(pairs, " "))
}
