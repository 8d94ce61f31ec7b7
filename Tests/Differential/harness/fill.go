package harness

import (
	"math"
	"math/big"
	"math/rand"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"time"
)

// A filler makes values; it ends where it has made so many.
type filler struct {
	random   *rand.Rand
	registry *Registry
	left     int
}

// filling is what types of ours have that only their own methods can fill.
type filling interface{ Fill(*rand.Rand) }

// fill makes an addressable zero value a random one. What is not in a field may not be nil: in a
// list or a map gob refuses a nil pointer.
func (f *filler) fill(v reflect.Value, isField bool) {
	f.left--
	if isField && f.random.Intn(5) == 0 {
		return
	}
	if f.fillOpaque(v) {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(f.random.Intn(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(f.int(v.Type().Bits()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Uintptr:
		v.SetUint(uint64(f.int(64)) >> (64 - v.Type().Bits()))
	case reflect.Float32:
		v.SetFloat(f.float32())
	case reflect.Float64:
		v.SetFloat(f.float64())
	case reflect.Complex64:
		v.SetComplex(complex(f.float32(), f.float32()))
	case reflect.Complex128:
		v.SetComplex(complex(f.float64(), f.float64()))
	case reflect.String:
		v.SetString(f.string())
	case reflect.Slice:
		f.slice(v)
	case reflect.Array:
		for i := 0; i < v.Len(); i++ {
			f.fill(v.Index(i), false)
		}
	case reflect.Map:
		f.mapping(v)
	case reflect.Pointer:
		f.pointer(v, isField)
	case reflect.Struct:
		f.fields(v)
	case reflect.Interface:
		f.content(v)
	}
}

// fields fills those that can be. Where an embedded field writes the struct, the others stay zero:
// whether gob leaves out a struct with an empty slice beside it depends on Go's release.
func (f *filler) fields(v reflect.Value) {
	isWritten := isOpaque(v.Type())
	for i := 0; i < v.NumField(); i++ {
		if field := v.Field(i); v.Type().Field(i).IsExported() &&
			(!isWritten || isOpaque(field.Type())) {
			f.fill(field, true)
		}
	}
}

func (f *filler) int(bits int) int64 {
	n := int64(f.random.Uint64())
	switch f.random.Intn(6) {
	case 0:
		n = 0
	case 1:
		n = math.MinInt64
	case 2:
		n = math.MaxInt64
	case 3:
		n = int64(f.random.Intn(300)) - 150
		return n << (64 - bits) >> (64 - bits)
	case 4:
		n >>= f.random.Intn(64)
	}
	return n >> (64 - bits)
}

func (f *filler) float64() float64 {
	special := []float64{
		0, math.Copysign(0, -1), 1, -1, 0.1, math.Inf(1), math.Inf(-1), math.NaN(),
		math.MaxFloat64, math.SmallestNonzeroFloat64, 1 << 53, 1e21, 1e-7, 100,
	}
	if f.random.Intn(3) > 0 {
		return special[f.random.Intn(len(special))]
	}
	return math.Float64frombits(f.random.Uint64())
}

// float32 is a number that a float32 has: gob refuses what only a float64 has.
func (f *filler) float32() float64 {
	if f.random.Intn(2) == 0 {
		return float64(math.Float32frombits(f.random.Uint32()))
	}
	return float64(float32(f.random.Intn(100)-50) / 8)
}

func (f *filler) string() string {
	special := []string{
		"", "a", "hello", "h\u00e9llo, \u4e16\u754c \U0001f30d", "<&>\u2028\"\\\n\x00\x1f\x7f",
		"bad \xff", "cut \xe2\x82", "\xed\xa0\x80", "e\u0301", "\ufeff", "\xf0\x9f\x8c.",
		strings.Repeat("x", 127), strings.Repeat("y", 128), strings.Repeat("z", 300),
	}
	return special[f.random.Intn(len(special))]
}

// count is how many elements there shall be, few when much was made.
func (f *filler) count() int {
	if f.left < 0 {
		return 0
	}
	if f.random.Intn(40) == 0 {
		return f.random.Intn(140)
	}
	return f.random.Intn(4)
}

func (f *filler) slice(v reflect.Value) {
	count := f.count()
	v.Set(reflect.MakeSlice(v.Type(), count, count))
	for i := 0; i < count; i++ {
		f.fill(v.Index(i), false)
	}
}

func (f *filler) mapping(v reflect.Value) {
	v.Set(reflect.MakeMap(v.Type()))
	for count := f.count(); count > 0; count-- {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key, false)
		f.fill(value, false)
		if key.Kind() != reflect.Interface || isScalar(key.Elem()) {
			v.SetMapIndex(key, value)
		}
	}
}

// isScalar says whether what an interface holds can be a key, and is there.
func isScalar(v reflect.Value) bool {
	return v.Kind() == reflect.String || reflect.Bool <= v.Kind() && v.Kind() <= reflect.Complex128
}

func (f *filler) pointer(v reflect.Value, isField bool) {
	if isField && f.left < 0 {
		return
	}
	v.Set(reflect.New(v.Type().Elem()))
	f.fill(v.Elem(), isField)
}

// content puts a value into an interface.
func (f *filler) content(v reflect.Value) {
	concretes := f.registry.assignableTo(v.Type())
	if len(concretes) == 0 || f.left < 0 {
		// A key may not be nil here, nor an element of a list go without.
		return
	}
	c := concretes[f.random.Intn(len(concretes))]
	value := reflect.New(c.registered).Elem()
	f.fill(value, false)
	if f.random.Intn(6) == 0 && value.Addr().Type().AssignableTo(v.Type()) {
		value = value.Addr()
	}
	v.Set(value)
}

// fillOpaque fills the types that hide what is in them.
func (f *filler) fillOpaque(v reflect.Value) bool {
	r := f.random
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		zones := []*time.Location{
			time.UTC, time.FixedZone("", 5*3600+1800), time.FixedZone("x", -4*3600-56*60),
		}
		*p = time.Unix(r.Int63n(1<<34)-1<<33, r.Int63n(1e9)).In(zones[r.Intn(len(zones))])
		if r.Intn(6) == 0 {
			*p = time.Time{}
		}
	case *big.Int:
		p.Lsh(big.NewInt(r.Int63n(9)-4), uint(r.Intn(200)))
	case *big.Rat:
		p.SetFrac64(r.Int63n(100)-50, r.Int63n(50)+1)
	case *big.Float:
		p.SetFloat64(r.NormFloat64())
	case *url.URL:
		*p = url.URL{Scheme: "https", Host: "example.com", Path: "/" + string(rune('a'+r.Intn(26)))}
	case *netip.Addr:
		*p = netip.AddrFrom4([4]byte{10, 0, 0, byte(r.Uint32())})
	case filling:
		p.Fill(r)
	default:
		return false
	}
	return true
}
