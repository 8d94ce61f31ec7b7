package harness

import (
	"encoding"
	"encoding/gob"
	"reflect"
)

var (
	gobEncoder      = reflect.TypeOf((*gob.GobEncoder)(nil)).Elem()
	binaryMarshaler = reflect.TypeOf((*encoding.BinaryMarshaler)(nil)).Elem()
)

func isEncoder(t reflect.Type) bool {
	return t.Implements(gobEncoder) || t.Implements(binaryMarshaler)
}

// isOpaque says whether values of a type without pointers write themselves.
func isOpaque(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && isEncoder(reflect.PointerTo(t))
}

// opaqueBytes are what the method of an opaque type writes.
func opaqueBytes(v reflect.Value) ([]byte, error) {
	pointer := reflect.New(v.Type())
	pointer.Elem().Set(v)
	if e, ok := pointer.Interface().(gob.GobEncoder); ok {
		return e.GobEncode()
	}
	return pointer.Interface().(encoding.BinaryMarshaler).MarshalBinary()
}
