package harness

import (
	"encoding"
	"encoding/json"
	"net/url"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A renderer writes values as JSON. Beyond encoding/json, a value in an interface is
// {"@type": name, "@value": value}, a complex number [real, imaginary], a float that is no number
// its name, and a map whose keys are neither strings nor integers a list of pairs.
type renderer struct {
	registry  *Registry
	concretes []reflect.Type // in the interfaces
	hasChoice bool           // maps of several entries, or types that interfaces bring
	hasLoss   bool           // bits of a NaN, no UTF-8, pointers to nil: JSON cannot have them
}

// sent writes a value as its sender has it, by its Go type.
func (r *renderer) sent(v reflect.Value) string {
	if isOpaque(v.Type()) {
		return r.sentOpaque(v)
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return "null"
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return marshal(v.Bytes())
		}
		return r.list(v, r.sent)
	case reflect.Array:
		return r.list(v, r.sent)
	case reflect.Map:
		if v.IsNil() {
			return "null"
		}
		return r.mapping(v, r.sent)
	case reflect.Pointer:
		if v.IsNil() {
			return "null"
		}
		text := r.sent(v.Elem())
		r.hasLoss = r.hasLoss || text == "null"
		return text
	case reflect.Interface:
		return r.content(v, r.sent)
	case reflect.Struct:
		return fields(v, r.sent)
	default:
		r.hasLoss = r.hasLoss || hasLoss(v)
		return scalar(v, v.Type())
	}
}

// sentOpaque writes what encoding/json does for the types of Go's library, and those that embed
// them; of the others, their bytes.
func (r *renderer) sentOpaque(v reflect.Value) string {
	pointer := reflect.New(v.Type())
	pointer.Elem().Set(v)
	_, isMarshaler := pointer.Interface().(json.Marshaler)
	_, isText := pointer.Interface().(encoding.TextMarshaler)
	switch v.Type().PkgPath() {
	case "math/big", "net/url":
		r.hasLoss = true // Precision, and whether a part was written.
	}
	if isMarshaler || isText || v.Type() == reflect.TypeOf(url.URL{}) {
		return marshal(pointer.Interface())
	}
	data, _ := opaqueBytes(v)
	return marshal(append([]byte{}, data...))
}

// received writes a value as one has it who does not know its Go type: a pointer is what it points
// to, floats are float64, and what was not sent is zero. Of an opaque value nothing is said.
func (r *renderer) received(v reflect.Value, isField bool) string {
	element := func(v reflect.Value) string { return r.received(v, false) }
	if isOpaque(base(v.Type())) {
		return "null"
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.Len() == 0 {
			return "null"
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return marshal(v.Bytes())
		}
		return r.list(v, element)
	case reflect.Array:
		return r.list(v, element)
	case reflect.Map:
		if isField && v.IsNil() {
			return "null"
		}
		return r.mapping(v, element)
	case reflect.Pointer:
		if v.IsNil() {
			return nothing(base(v.Type()))
		}
		return r.received(v.Elem(), isField)
	case reflect.Interface:
		return r.content(v, element)
	case reflect.Struct:
		return fields(v, func(v reflect.Value) string { return r.received(v, true) })
	default:
		if isField && isZero(v) {
			return nothing(v.Type())
		}
		return scalar(v, widest(v.Type()))
	}
}

func hasLoss(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return v.Float() != v.Float()
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != v.Complex()
	case reflect.String:
		return !utf8.ValidString(v.String())
	}
	return false
}

// isZero says whether gob leaves a scalar field out: minus zero is zero.
func isZero(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return v.Float() == 0
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() == 0
	}
	return v.IsZero()
}

// nothing is what a receiver has where nothing was sent.
func nothing(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map, reflect.Interface:
		return "null"
	}
	return scalar(reflect.Zero(t), t)
}

func (r *renderer) list(v reflect.Value, render func(reflect.Value) string) string {
	var parts []string
	for i := 0; i < v.Len(); i++ {
		parts = append(parts, render(v.Index(i)))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func (r *renderer) content(v reflect.Value, render func(reflect.Value) string) string {
	if v.IsNil() {
		return "null"
	}
	concrete := base(v.Elem().Type())
	r.hasChoice = true
	name, registered := r.registry.find(concrete)
	r.concretes = append(r.concretes, registered)
	return `{"@type":` + marshal(name) + `,"@value":` + render(v.Elem()) + "}"
}

// fields are those that gob sends.
func fields(v reflect.Value, render func(reflect.Value) string) string {
	var parts []string
	for i := 0; i < v.NumField(); i++ {
		field := v.Type().Field(i)
		switch kind := base(field.Type).Kind(); {
		case !field.IsExported(), kind == reflect.Chan, kind == reflect.Func:
		default:
			parts = append(parts, marshal(field.Name)+":"+render(v.Field(i)))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func (r *renderer) mapping(v reflect.Value, render func(reflect.Value) string) string {
	r.hasChoice = r.hasChoice || v.Len() > 1
	type pair struct{ key, value string }
	var pairs []pair
	for entries := v.MapRange(); entries.Next(); {
		pairs = append(pairs, pair{render(entries.Key()), render(entries.Value())})
	}
	sort.Slice(pairs, func(i, j int) bool {
		a, b := pairs[i], pairs[j]
		return a.key < b.key || a.key == b.key && a.value < b.value
	})
	kind := base(v.Type().Key()).Kind()
	isObject := !isOpaque(base(v.Type().Key())) &&
		(kind == reflect.String || reflect.Int <= kind && kind <= reflect.Uintptr)
	var parts []string
	for _, p := range pairs {
		switch {
		case !isObject:
			parts = append(parts, "["+p.key+","+p.value+"]")
		case kind == reflect.String:
			parts = append(parts, p.key+":"+p.value)
		default:
			parts = append(parts, `"`+p.key+`":`+p.value)
		}
	}
	if isObject {
		return "{" + strings.Join(parts, ",") + "}"
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// scalar writes what has no parts, with the precision of a type.
func scalar(v reflect.Value, precision reflect.Type) string {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return float(v.Float(), precision.Bits())
	case reflect.Complex64, reflect.Complex128:
		c, bits := v.Complex(), precision.Bits()/2
		return "[" + float(real(c), bits) + "," + float(imag(c), bits) + "]"
	case reflect.String:
		return marshal(repair(v.String()))
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return strconv.FormatUint(v.Uint(), 10)
}

// widest is the type that travels.
func widest(t reflect.Type) reflect.Type {
	switch t.Kind() {
	case reflect.Float32:
		return reflect.TypeOf(float64(0))
	case reflect.Complex64:
		return reflect.TypeOf(complex128(0))
	}
	return t
}

func float(f float64, bits int) string {
	switch {
	case f != f:
		return `"NaN"`
	case f-f != 0:
		return `"` + strconv.FormatFloat(f, 'g', -1, bits) + `"`
	case bits == 32:
		return marshal(float32(f))
	}
	return marshal(f)
}

func marshal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
