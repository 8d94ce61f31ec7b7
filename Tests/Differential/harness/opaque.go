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

// isOmitted says whether gob leaves the field out: it asks whether the receiver of the method is
// zero, which a pointer to something is not (encode.go, gobEncodeOpFor).
func isOmitted(field reflect.Value) bool {
	for !isEncoder(field.Type()) {
		if field.Kind() != reflect.Pointer {
			return false // The receiver is a pointer to the field.
		}
		if field.IsNil() {
			return true
		}
		field = field.Elem()
	}
	return field.IsZero()
}
