// Package opaque has types that write themselves, by either of the interfaces
// that gob asks for, with methods of values and of pointers, and of several kinds.
package opaque

import (
	"encoding/binary"
	"errors"
	"math/rand"
)

// GobStruct has GobEncode of its value.
type GobStruct struct {
	n int64
	s string
}

// Fill makes it a random one.
func (g *GobStruct) Fill(r *rand.Rand) { g.n, g.s = r.Int63n(3)-1, letters(r) }

// GobEncode makes no bytes of the zero value.
func (g GobStruct) GobEncode() ([]byte, error) {
	if g == (GobStruct{}) {
		return nil, nil
	}
	return append(binary.AppendVarint(nil, g.n), g.s...), nil
}

// GobDecode is the inverse.
func (g *GobStruct) GobDecode(data []byte) error {
	*g = GobStruct{}
	if len(data) == 0 {
		return nil
	}
	n, size := binary.Varint(data)
	if size <= 0 {
		return errors.New("no GobStruct")
	}
	g.n, g.s = n, string(data[size:])
	return nil
}

// GobPointer has GobEncode of its pointer.
type GobPointer struct{ s string }

// Fill makes it a random one.
func (g *GobPointer) Fill(r *rand.Rand) { g.s = letters(r) }

// GobEncode gives what is in it.
func (g *GobPointer) GobEncode() ([]byte, error) { return []byte(g.s), nil }

// GobDecode is the inverse.
func (g *GobPointer) GobDecode(data []byte) error {
	g.s = string(data)
	return nil
}

// GobInt is no struct, and may be a key.
type GobInt int32

// Fill makes it a random one.
func (g *GobInt) Fill(r *rand.Rand) { *g = GobInt(r.Intn(5) - 2) }

// GobEncode gives a varint.
func (g GobInt) GobEncode() ([]byte, error) { return binary.AppendVarint(nil, int64(g)), nil }

// GobDecode is the inverse.
func (g *GobInt) GobDecode(data []byte) error {
	n, size := binary.Varint(data)
	if size <= 0 {
		return errors.New("no GobInt")
	}
	*g = GobInt(n)
	return nil
}

// BinarySlice has MarshalBinary of its value, which may be nil.
type BinarySlice []uint16

// Fill makes it a random one.
func (b *BinarySlice) Fill(r *rand.Rand) {
	*b = nil
	for count := r.Intn(4); count > 0; count-- {
		*b = append(*b, uint16(r.Uint32()))
	}
}

// MarshalBinary gives two bytes for each element.
func (b BinarySlice) MarshalBinary() ([]byte, error) {
	var data []byte
	for _, n := range b {
		data = binary.BigEndian.AppendUint16(data, n)
	}
	return data, nil
}

// UnmarshalBinary is the inverse.
func (b *BinarySlice) UnmarshalBinary(data []byte) error {
	*b = nil
	for ; len(data) > 1; data = data[2:] {
		*b = append(*b, binary.BigEndian.Uint16(data))
	}
	return nil
}

// BinaryPointer has MarshalBinary of its pointer.
type BinaryPointer struct{ n uint8 }

// Fill makes it a random one.
func (b *BinaryPointer) Fill(r *rand.Rand) { b.n = uint8(r.Uint32()) }

// MarshalBinary gives one byte.
func (b *BinaryPointer) MarshalBinary() ([]byte, error) { return []byte{b.n}, nil }

// UnmarshalBinary is the inverse.
func (b *BinaryPointer) UnmarshalBinary(data []byte) error {
	if len(data) != 1 {
		return errors.New("no BinaryPointer")
	}
	b.n = data[0]
	return nil
}

// Text has a text form, which gob does not use.
type Text struct{ Word string }

// Fill makes it a random one.
func (t *Text) Fill(r *rand.Rand) { t.Word = letters(r) }

// MarshalText gives the word.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Word), nil }

// UnmarshalText is the inverse.
func (t *Text) UnmarshalText(data []byte) error {
	t.Word = string(data)
	return nil
}

// letters is a string of up to three bytes, not all of which are text.
func letters(r *rand.Rand) string {
	var data []byte
	for count := r.Intn(4); count > 0; count-- {
		data = append(data, byte(r.Uint32()))
	}
	return string(data)
}
