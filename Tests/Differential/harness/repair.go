package harness

import (
	"strings"
	"unicode/utf8"
)

// repair puts U+FFFD for each longest part of a string that begins a character and does not end
// it, as Unicode recommends and others do; encoding/json puts one for each byte.
func repair(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			for size < len(s) && !utf8.FullRuneInString(s[:size+1]) {
				size++
			}
		}
		b.WriteRune(r)
		s = s[size:]
	}
	return b.String()
}
