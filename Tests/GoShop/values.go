package main

import (
	"encoding/gob"
	"fmt"
	"math"
	"math/big"
	"net/url"
	"reflect"
	"time"
)

// complexData is the article's struct.
type complexData struct {
	N int
	S string
	M map[string]int
	P []byte
	C *complexData
}

func init() {
	gob.Register(Card{})
	gob.Register(&Category{})
}

// values has two values of one type for each kind of the demonstration.
func values(kind string) ([]any, error) {
	noon := time.Date(2009, 11, 10, 12, 0, 0, 123456789, time.FixedZone("", 2*60*60))
	midnight := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	switch kind {
	case "article":
		inner := &complexData{N: 256, S: "Recursive structs? Piece of cake!", M: map[string]int{"01": 1, "10": 2, "11": 3}}
		outer := complexData{23, "string data", map[string]int{"one": 1, "two": 2, "three": 3}, []byte("abc"), inner}
		return []any{outer, complexData{N: math.MinInt64}}, nil
	case "order":
		return []any{order(noon, midnight), Order{}}, nil
	case "time":
		return []any{noon, midnight}, nil
	case "interface":
		card := Card{[4]uint16{1, 2, 3, 65535}, Money{995, "EUR"}}
		tree := &Category{Name: "in an interface"}
		return []any{
			map[string]any{"card": card, "tree": tree, "number": 1.5, "text": "x", "int": int(-7)},
			map[string]any{},
		}, nil
	case "recursive":
		leaf := Category{Name: "leaf"}
		root := Category{
			Name:     "root",
			Parent:   &Category{Name: "above", ByName: map[string]*Category{}},
			Children: []Category{leaf, {Name: "inner", Children: []Category{leaf}}},
			ByName:   map[string]*Category{"leaf": &leaf},
		}
		return []any{root, leaf}, nil
	}
	return nil, fmt.Errorf("no kind %q", kind)
}

func order(noon, midnight time.Time) Order {
	left, right := 1, -1
	toLeft, toRight := &left, &right
	volume, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	order := Order{
		Audit:  Audit{noon, "Ada"},
		Number: math.MinInt32,
		Status: Shipped,
		Buyer: &Customer{
			Audit:  Audit{midnight, "Bob \u202e \x1b[2J"},
			ID:     math.MaxUint64,
			Emails: map[string]string{"work": "bob@example.com", "home": ""},
			Home:   &Address{"1 \"Main\" St", [sides]float64{52.5, -0.25}},
		},
		Items:      []Item{{"pen", Money{250, "EUR"}, []string{"blue", ""}, 0.5}, {}},
		Quantities: map[string]uint16{"pen": 65535},
		Paid:       Card{[4]uint16{1, 2, 3, 4}, Money{-1, "USD"}},
		Volume:     *volume,
		Link:       url.URL{Scheme: "https", Host: "example.com", Path: "/a b", RawQuery: "q=1"},
		Checksum:   [4]byte{0, 1, 254, 255},
		Photo:      []byte{0xFF, 0xD8},
		Phase:      complex(0, -1),
		Gift:       true,
		Wait:       90 * time.Second,
		Parts:      []*Order{{Number: 1}, {Number: 2, Parts: []*Order{{Gift: true}}}},
	}
	order.Named.Left, order.Named.Right = &toLeft, &toRight
	return order
}

// difference says where two values differ, times by their moment and offset.
func difference(path string, got, want reflect.Value) string {
	if got.IsValid() != want.IsValid() || got.IsValid() && got.Type() != want.Type() {
		return fmt.Sprintf("%s: %v, not %v", path, got, want)
	}
	if got.IsValid() && got.Type() == reflect.TypeOf(time.Time{}) {
		got, want := got.Interface().(time.Time), want.Interface().(time.Time)
		_, gotOffset := got.Zone()
		_, wantOffset := want.Zone()
		if !got.Equal(want) || gotOffset != wantOffset {
			return fmt.Sprintf("%s: %v, not %v", path, got, want)
		}
		return ""
	}
	switch got.Kind() {
	case reflect.Struct:
		for i := 0; i < got.NumField(); i++ {
			if !got.Type().Field(i).IsExported() {
				continue
			}
			name := path + "." + got.Type().Field(i).Name
			if d := difference(name, got.Field(i), want.Field(i)); d != "" {
				return d
			}
		}
		if got.CanInterface() && got.Type().PkgPath() != "main" && !reflect.DeepEqual(got.Interface(), want.Interface()) {
			return fmt.Sprintf("%s: %v, not %v", path, got, want)
		}
	case reflect.Pointer, reflect.Interface:
		if got.IsNil() || want.IsNil() {
			if got.IsNil() != want.IsNil() {
				return fmt.Sprintf("%s: %v, not %v", path, got, want)
			}
			return ""
		}
		return difference(path, got.Elem(), want.Elem())
	case reflect.Slice, reflect.Array:
		if got.Len() != want.Len() {
			return fmt.Sprintf("%s: %d elements, not %d", path, got.Len(), want.Len())
		}
		for i := 0; i < got.Len(); i++ {
			if d := difference(fmt.Sprintf("%s[%d]", path, i), got.Index(i), want.Index(i)); d != "" {
				return d
			}
		}
	case reflect.Map:
		if got.Len() != want.Len() || got.IsNil() != want.IsNil() {
			return fmt.Sprintf("%s: %v, not %v", path, got, want)
		}
		for _, key := range want.MapKeys() {
			if d := difference(fmt.Sprintf("%s[%v]", path, key), got.MapIndex(key), want.MapIndex(key)); d != "" {
				return d
			}
		}
	default:
		if !reflect.DeepEqual(got.Interface(), want.Interface()) {
			return fmt.Sprintf("%s: %v, not %v", path, got, want)
		}
	}
	return ""
}
