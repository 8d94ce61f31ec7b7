package harness

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
	"unicode/utf8"
)

// losses are what a receiver has not of a value that was sent, found by comparing its type with
// the value.
type losses struct {
	unsent, dropped, missing []string
	// Zero values that write themselves: whether one is sent is not seen in the value.
	perhaps map[string]bool
	// Whether there are places whose paths are not told whole.
	isDeep bool
}

// deepest is how many steps a path has that is told whole.
const deepest = 16

// compare a sent value with the type, without pointers, that it is received as; a nil one is that
// of a part that the receiver leaves out.
func (l *losses) compare(v reflect.Value, t reflect.Type, path string, steps int) {
	l.isDeep = l.isDeep || steps >= deepest
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if isOpaque(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		l.fields(v, t, path, steps)
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len(); i++ {
			l.compare(v.Index(i), element(t), fmt.Sprintf("%s[%d]", path, i), steps+1)
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			l.compare(entries.Key(), key(t), path, steps)
			l.compare(entries.Value(), element(t), path+step(entries.Key()), steps+1)
		}
	case reflect.Interface:
		if !v.IsNil() {
			concrete := t
			if t != nil {
				concrete = base(v.Elem().Type())
			}
			l.compare(v.Elem(), concrete, path, steps)
		}
	}
}

func (l *losses) fields(v reflect.Value, t reflect.Type, path string, steps int) {
	reached := map[int]bool{}
	for i := 0; i < v.NumField(); i++ {
		field := v.Type().Field(i)
		if !isSent(field) {
			continue
		}
		place := strings.TrimPrefix(path+"."+field.Name, ".")
		var into reflect.Type
		if t != nil {
			if f, ok := t.FieldByName(field.Name); ok {
				into = base(f.Type)
				reached[f.Index[0]] = true
			}
		}
		switch value := v.Field(i); {
		case isLeftOut(value):
			l.unsent = append(l.unsent, place)
			continue
		case isOpaque(base(value.Type())) && isZeroOpaque(value):
			l.perhapsUnsent(place)
			continue
		case t != nil && into == nil:
			l.dropped = append(l.dropped, place)
		}
		l.compare(v.Field(i), into, place, steps+1)
	}
	if t == nil {
		return
	}
	for i := 0; i < t.NumField(); i++ {
		if field := t.Field(i); isSent(field) && !reached[i] {
			place := strings.TrimPrefix(path+"."+field.Name, ".")
			l.missing = append(l.missing, place)
		}
	}
}

func (l *losses) perhapsUnsent(place string) {
	if l.perhaps == nil {
		l.perhaps = map[string]bool{}
	}
	l.perhaps[place] = true
}

// difference to what was foretold.
func (l *losses) difference(f forecast) string {
	if l.isDeep {
		return ""
	}
	for _, c := range []struct {
		what            string
		found, foretold []string
	}{
		{"unsent", l.unsent, f.Unsent}, {"dropped", l.dropped, f.Dropped},
		{"missing", l.missing, f.Missing},
	} {
		found, foretold := l.sorted(c.found), l.sorted(c.foretold)
		if found != foretold {
			return fmt.Sprintf("%s is %q, not %q", c.what, found, foretold)
		}
	}
	return ""
}

func (l *losses) sorted(paths []string) string {
	var certain []string
	for _, path := range paths {
		if !l.perhaps[path] {
			certain = append(certain, path)
		}
	}
	sort.Strings(certain)
	return strings.Join(certain, " ")
}

// isSent says whether gob sends a field.
func isSent(field reflect.StructField) bool {
	kind := base(field.Type).Kind()
	return field.IsExported() && kind != reflect.Chan && kind != reflect.Func
}

// isLeftOut says whether gob leaves out a field of this value, as a receiver has it.
func isLeftOut(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map:
		return v.IsNil()
	case reflect.Slice:
		return v.Len() == 0 && !isOpaque(v.Type())
	case reflect.Struct, reflect.Array:
		return false
	}
	return isZero(v) && !isOpaque(v.Type())
}

func element(t reflect.Type) reflect.Type {
	if t == nil {
		return nil
	}
	return base(t.Elem())
}

func key(t reflect.Type) reflect.Type {
	if t == nil {
		return nil
	}
	return base(t.Key())
}

// step is how a path goes on to the value of a key.
func step(key reflect.Value) string {
	switch {
	case key.Kind() == reflect.String:
		text := key.String()
		if !utf8.ValidString(text) {
			return "[…]"
		}
		if letters := []rune(text); len(letters) > 64 {
			text = string(letters[:64]) + "…"
		}
		return `["` + text + `"]`
	case key.Kind() == reflect.Bool, key.CanInt(), key.CanUint():
		return fmt.Sprintf("[%v]", key)
	}
	return "[…]"
}
