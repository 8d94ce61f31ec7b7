package harness

import (
	"encoding/gob"
	"reflect"
)

// A concrete is a type that an interface may hold.
type concrete struct {
	registered reflect.Type // as given to Register
	base       reflect.Type // without its pointers
	name       string       // what gob sends for it
}

// A Registry has the types that interfaces may hold; gob's own cannot be asked.
type Registry struct {
	concretes []concrete
	names     map[reflect.Type]string
}

// NewRegistry begins with the types that gob registers itself.
func NewRegistry() *Registry {
	r := &Registry{names: map[reflect.Type]string{}}
	for _, value := range []any{
		int(0), int8(0), int16(0), int32(0), int64(0), uint(0), uint8(0), uint16(0), uint32(0),
		uint64(0), float32(0), float64(0), complex64(0), complex128(0), uintptr(0), false, "",
		[]byte(nil), []int(nil), []int8(nil), []int16(nil), []int32(nil), []int64(nil), []uint(nil),
		[]uint16(nil), []uint32(nil), []uint64(nil), []float32(nil), []float64(nil),
		[]complex64(nil), []complex128(nil), []uintptr(nil), []bool(nil), []string(nil),
	} {
		r.add(reflect.TypeOf(value), reflect.TypeOf(value).String())
	}
	return r
}

// Register is gob.Register, remembered, for a type and not a value of it. What is
// registered already stays as it is, and an interface is no type of a value.
func (r *Registry) Register(t reflect.Type) {
	if _, known := r.names[base(t)]; known || base(t).Kind() == reflect.Interface {
		return
	}
	gob.Register(reflect.New(t).Elem().Interface())
	r.add(t, registeredName(t))
}

// RegisterName is gob.RegisterName, remembered.
func (r *Registry) RegisterName(name string, t reflect.Type) {
	gob.RegisterName(name, reflect.New(t).Elem().Interface())
	r.add(t, name)
}

func (r *Registry) add(t reflect.Type, name string) {
	r.names[base(t)] = name
	r.concretes = append(r.concretes, concrete{t, base(t), name})
}

// find the name under which a type without its pointers is registered, and the type that was given
// for it: one that is declared as a pointer has a name of its own.
func (r *Registry) find(base reflect.Type) (string, reflect.Type) {
	for _, c := range r.concretes {
		if c.base == base {
			return c.name, c.registered
		}
	}
	return "", base
}

// assignableTo are the types that an interface may hold.
func (r *Registry) assignableTo(t reflect.Type) []concrete {
	var found []concrete
	for _, c := range r.concretes {
		if c.registered.AssignableTo(t) {
			found = append(found, c)
		}
	}
	return found
}

// registeredName is the name that gob.Register chooses: a pointer's has no import path.
func registeredName(t reflect.Type) string {
	if t.Name() == "" || t.PkgPath() == "" {
		return t.String()
	}
	return t.PkgPath() + "." + t.Name()
}

func base(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
