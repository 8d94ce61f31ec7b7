package main

// A fixedPair is a type that is sent, one that receives it, each declared first of its text's lines
// or else named, and values to send.
type fixedPair struct {
	sent, received         string
	sentType, receivedType string
	json                   []string
}

// fixedPairs has one pair at least for each rule of Go's decoder.
var fixedPairs = []fixedPair{
	// Fields that are lost.
	{"type $S struct { X, Y int }", "type $R struct { X, Y int }", "", "", []string{`{"X": 1, "Y": -2}`, `{}`}},
	{"type $S struct { X, Y int }", "type $R struct { Y int }", "", "", []string{`{"X": 1, "Y": 2}`, `{"X": 1}`}},
	{"type $S struct { X int }", "type $R struct { X int; Y string; Z *int }", "", "", []string{`{"X": 1}`}},
	{"type $S struct { Name int }", "type $R struct { NAME, Nam int; name int }", "", "", []string{`{"Name": 1}`}},
	{"type $S struct { X int }", "type $R struct { x int }", "", "", []string{`{"X": 1}`, `{}`}},
	{"type $S struct { X int }", "type $R struct {}", "", "", []string{`{"X": 1}`}},
	{"type $S struct {}", "type $R struct { X int }", "", "", []string{`{}`}},
	{"type $S struct { In struct { X int } }", "type $R struct { In struct { Y int } }", "", "", []string{`{"In": {"X": 1}}`}},
	{"type $S struct { F, G float64 }", "type $R struct { F, G float64 }", "", "", []string{`{"F": -0.0, "G": 1}`}},
	{"type $S struct { F []float64; C complex128 }", "type $R struct { F []float32; C complex64 }", "", "", []string{`{"F": [-0.0, 0], "C": [-0.0, 0]}`}},
	{"type $S struct { P *int; Q **string; S *$S }", "type $R struct { P *int; Q **string; S *$R }", "", "", []string{`{"P": 0, "Q": "", "S": {}}`, `{"P": 1, "Q": "a", "S": {"S": {"P": 2}}}`}},
	{"type $S struct { S []int; M map[string]int; B []byte }", "type $R struct { S []int; M map[string]int; B []byte }", "", "", []string{`{"S": [], "M": {}, "B": []}`, `{"S": null, "M": null, "B": null}`}},
	{"type $S struct { S [][]int; M map[string][]string; A [2][]byte }", "type $R struct { S [][]int; M map[string][]string; A [2][]byte }", "", "", []string{`{"S": [[], [1]], "M": {"a": []}, "A": ["", "YQ=="]}`}},
	{"type $S struct { In struct { A int; B []struct { C string; D int } } }", "type $R struct { In struct { B []struct { D int } } }", "", "", []string{`{"In": {"A": 1, "B": [{"C": "x"}, {"C": "y", "D": 1}, {}]}}`}},
	{"type $S struct { M map[string]struct { X, Y int } }", "type $R struct { M map[string]struct { Y int } }", "", "", []string{`{"M": {"one": {"X": 1, "Y": 2}, "two": {"X": 3}}}`}},

	// Widths.
	{"type $S struct { A, B, C int }", "type $R struct { A int8; B int16; C int32 }", "", "", []string{`{"A": 127, "B": -32768, "C": 2147483647}`, `{"A": 128}`, `{"A": -129}`, `{"B": 32768}`, `{"C": -2147483649}`}},
	{"type $S struct { A, B, C uint64 }", "type $R struct { A uint8; B uint16; C uint32 }", "", "", []string{`{"A": 255, "B": 65535, "C": 4294967295}`, `{"A": 256}`, `{"B": 65536}`, `{"C": 4294967296}`}},
	{"type $S struct { A int8; B uint8; C float32 }", "type $R struct { A int64; B uintptr; C float64 }", "", "", []string{`{"A": -1, "B": 255, "C": 0.1}`}},
	{"type $S struct { F float64 }", "type $R struct { F float32 }", "", "", []string{`{"F": 0.1}`, `{"F": 1e39}`, `{"F": "-Inf"}`, `{"F": "NaN"}`, `{"F": 1e-50}`, `{"F": 3.4028235e38}`, `{"F": 3.4028235677973366e38}`}},
	{"type $S struct { C complex128 }", "type $R struct { C complex64 }", "", "", []string{`{"C": [1, 0.1]}`, `{"C": [1, 1e39]}`, `{"C": [-1e39, 0]}`}},
	{"type $S struct { L []int; A [2]int }", "type $R struct { L []int8; A [2]int16 }", "", "", []string{`{"L": [1, 300]}`, `{"L": [1], "A": [0, 40000]}`}},
	{"type $S struct { A, B []int }", "type $R struct { A, B []int8 }", "", "", []string{`{"A": [1], "B": [300]}`}},
	{"type $S struct { L [][]int }", "type $R struct { L [][]int8 }", "", "", []string{`{"L": [[1], [300]]}`}},
	{"type $S struct { M map[int]int }", "type $R struct { M map[int8]int8 }", "", "", []string{`{"M": {"1": 1}}`, `{"M": {"300": 1}}`, `{"M": {"1": 300}}`}},
	{"type $S struct { M map[string][]int }", "type $R struct { M map[string][]int8 }", "", "", []string{`{"M": {"a": [300]}}`}},
	{"type $S struct { P *int }", "type $R struct { P **int8 }", "", "", []string{`{"P": 5}`, `{"P": 500}`}},
	{"type $S struct { In struct { N int } }", "type $R struct { In *struct { N int8 } }", "", "", []string{`{"In": {"N": 1}}`, `{"In": {"N": 300}}`}},
	{"type $S []int", "type $R []int8", "[]int", "[]int8", []string{`[1]`, `[300]`}},
	{"type $S int", "type $R int8", "", "", []string{`1`, `300`}},
	{"type $S int", "type $R int8", "*$S", "**$R", []string{`300`}},
	{"type $S map[string]int", "type $R map[string]int8", "", "", []string{`{"a": 1}`, `{"a": 300}`}},
	{"type $S [2]int", "type $R [2]uint8", "", "[2]int8", []string{`[1, 2]`, `[1, 300]`}},

	// Other kinds.
	{"type $S struct { A int }", "type $R struct { A uint }", "", "", []string{`{"A": 1}`, `{}`}},
	{"type $S struct { A uint }", "type $R struct { A int }", "", "", []string{`{"A": 1}`}},
	{"type $S struct { A int }", "type $R struct { A float64 }", "", "", []string{`{"A": 1}`}},
	{"type $S struct { A bool }", "type $R struct { A int }", "", "", []string{`{"A": true}`}},
	{"type $S struct { A string }", "type $R struct { A []byte }", "", "", []string{`{"A": "x"}`}},
	{"type $S struct { A []byte }", "type $R struct { A string }", "", "", []string{`{"A": "YQ=="}`}},
	{"type $S struct { A []byte }", "type $RByte uint8\ntype $R struct { A []$RByte }", "", "$R", []string{`{"A": "YQ=="}`}},
	{"type $S struct { A []byte }", "type $R struct { A []*byte }", "", "", []string{`{"A": "YQ=="}`}},
	{"type $S struct { A [3]byte }", "type $R struct { A []byte }", "", "", []string{`{"A": [1, 2, 3]}`}},
	{"type $S struct { A [2]int }", "type $R struct { A []int }", "", "", []string{`{"A": [1, 2]}`}},
	{"type $S struct { A []int }", "type $R struct { A [2]int }", "", "", []string{`{"A": [1, 2]}`}},
	{"type $S struct { A [2]int }", "type $R struct { A [3]int }", "", "", []string{`{"A": [1, 2]}`}},
	{"type $S struct { A []int }", "type $R struct { A []uint }", "", "", []string{`{}`}},
	{"type $S struct { A map[string]int }", "type $R struct { A map[int]int }", "", "", []string{`{}`}},
	{"type $S struct { A map[string]int }", "type $R struct { A struct { One int } }", "", "", []string{`{"A": {"One": 1}}`}},
	{"type $S struct { A struct { One int } }", "type $R struct { A map[string]int }", "", "", []string{`{}`}},
	{"type $S struct { A []struct { X int } }", "type $R struct { A []struct { X string } }", "", "", []string{`{}`}},
	{"type $S struct { A int }", "type $R struct { A chan int; B int }", "", "", []string{`{"A": 1}`}},
	{"type $S struct { A int }", "type $R struct { A *func(); B int }", "", "", []string{`{}`}},
	{"type $S struct { A struct { X int }; B int }", "type $R struct { A struct { X uint }; B string }", "", "", []string{`{}`}},
	{"type $S struct { B int; A struct { X int } }", "type $R struct { A struct { X uint }; B string }", "", "", []string{`{}`}},
	{"type $S int", "type $R string", "", "", []string{`1`}},
	{"type $S struct { X int }", "type $R int", "", "", []string{`{"X": 1}`}},
	{"type $S int", "type $R struct { X int }", "", "", []string{`1`}},
	{"type $S []int", "type $R []string", "", "", []string{`[]`}},
	{"type $S []struct { X int }", "type $R []struct { Y int }", "", "", []string{`[]`, `[{"X": 1}]`}},
	{"type $S map[string]int", "type $R struct { X int }", "", "", []string{`{}`}},

	// Pointers and types that contain themselves.
	{"type $S struct { N int; C *$S; L []*$S; M map[string]$S }", "type $R struct { N int8; C **$R; L []$R; M map[string]*$R }", "", "", []string{`{"N": 1, "C": {"N": 2, "L": [{"N": 3}]}, "M": {"one": {"C": {"N": 4}}}}`, `{"M": {"one": {"C": {"N": 400}}}}`}},
	{"type $S []$S", "type $R []$R", "", "", []string{`[[], [[]]]`}},
	{"type $S struct { C *$S2; X int }\ntype $S2 struct { C *$S; Y int }", "type $R struct { C *$R; X int }", "", "", []string{`{"X": 1, "C": {"Y": 2, "C": {"X": 3}}}`}},
	{"type $S struct { C *$S2; X int }\ntype $S2 struct { C *$S; X string }", "type $R struct { C *$R; X int }", "", "", []string{`{}`}},
	{"type $S ***int", "type $R *int8", "", "", []string{`7`}},

	// What Go mistakes.
	{"type $S struct { A struct { X int }; B struct { Y string; X int } }", "type $RIn struct { X int; Y string }\ntype $R struct { A, B $RIn }", "", "$R", []string{`{"A": {"X": 5}}`, `{"A": {"X": 5}, "B": {"Y": "hi", "X": 7}}`}},
	{"type $S1 struct { X int }\ntype $S2 struct { X int }\ntype $S struct { A $S1; B $S2 }", "type $RIn struct { X int; Y string }\ntype $R struct { A, B $RIn }", "$S", "$R", []string{`{"A": {"X": 5}, "B": {"X": 6}}`}},
	{"type $S struct { L []any; X int }", "type $R struct { X int }", "", "", []string{`{"L": [1, "a", {"@type": "main.Item", "@value": {"A": 1}}, {"@type": "main.Item", "@value": {}}], "X": 1}`, `{"L": [null], "X": 1}`, `{"L": [[1, {"@type": "main.Item", "@value": {}}]], "X": 1}`, `{"L": [{"@type": "main.Item", "@value": {}}, [1, {"@type": "main.Item", "@value": {}}]], "X": 1}`}},

	// Embedded structs.
	{"type $S struct { X, Y int }", "type $RIn struct { X int }\ntype $R struct { $RIn; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`}},
	{"type $S struct { X, Y int }", "type $RIn struct { X int }\ntype $R struct { *$RIn; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`, `{"Y": 2}`}},
	{"type $SIn struct { X int }\ntype $S struct { $SIn; Y int }", "type $R struct { X, Y int }", "$S", "", []string{`{"X": 1, "Y": 2}`}},
	{"type Same$SIn struct { X int }\ntype $S struct { In Same$SIn; X int }", "type In$R struct { X int8 }\ntype $R struct { In In$R; *$R2; Y int }\ntype $R2 struct { X int }", "$S", "$R", []string{`{"In": {"X": 1}}`, `{"In": {"X": 300}}`, `{"X": 1}`}},
	{"type $S struct { X, Y int }", "type r$R struct { X int }\ntype $R struct { r$R; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`}},
	{"type $S struct { X, Y int }", "type r$R struct { X int }\ntype $R struct { *r$R; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`, `{"Y": 2}`}},
	{"type $S struct { X string }", "type r$R struct { X int }\ntype $R struct { r$R; Y int }", "", "$R", []string{`{}`}},
	{"type $S struct { X, Y int }", "type $RL struct { X int }\ntype $RR struct { X int }\ntype $R struct { $RL; $RR; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`}},
	{"type $S struct { X, Y int }", "type $RIn struct { X int }\ntype $RL struct { $RIn }\ntype $RR struct { $RIn }\ntype $R struct { $RL; $RR; Y int }", "", "$R", []string{`{"X": 1, "Y": 2}`}},
	{"type $S struct { X, Y int }", "type $RIn struct { X string }\ntype $R struct { $RIn; X int }", "", "$R", []string{`{"X": 1, "Y": 2}`}},
	{"type $S struct { X, Y int }", "type $R struct { *$R2; Y int }\ntype $R2 struct { *$R; X int }", "", "$R", []string{`{"Y": 2}`, `{"X": 1}`}},

	// Interfaces.
	{"type $S struct { V any }", "type $R struct { V any }", "", "", []string{`{"V": 1}`, `{"V": "a"}`, `{"V": {"@type": "main.Item", "@value": {"A": 1}}}`, `{"V": [1, {"a": null}]}`, `{"V": null}`, `{"V": {"@type": "time.Time", "@value": "2009-11-10T23:00:00Z"}}`}},
	{"type $S struct { V any }\ntype $SOnly struct { X int }", "type $R struct { V any }", "", "", []string{`{"V": {"@type": "main.$SOnly", "@value": {"X": 1}}}`}},
	{"type $S struct { V any }\ntype $SOnly struct { X int }", "type $R struct { W int; V any }", "", "", []string{`{"V": {"@type": "main.$SOnly", "@value": {"X": 1}}}`}},
	{"type $S struct { V any; W int }\ntype $SOnly struct { X int }", "type $R struct { W int }", "", "", []string{`{"V": {"@type": "main.$SOnly", "@value": {"X": 1}}, "W": 1}`}},
	{"type $S struct { V any }\ntype $SClash struct { X int }", "type $R struct { V any }", "", "", []string{`{"V": {"@type": "clash", "@value": {"X": 1}}}`}},
	{"type $S struct { V any }\ntype $SClash struct { Y int }", "type $R struct { V any }", "", "", []string{`{"V": {"@type": "clash", "@value": {"Y": 1}}}`}},
	{"type $S struct { V any }\ntype $SClash int", "type $R struct { V any }", "", "", []string{`{"V": {"@type": "clash", "@value": 1}}`}},
	{"type $S struct { V any }", "type $R struct { V Shape }", "", "", []string{`{"V": 1}`, `{"V": {"@type": "[]int", "@value": [1]}}`, `{}`}},
	{"type $S struct { V any }", "type $R struct { V interface { Shape() } }", "", "", []string{`{"V": 1}`}},
	{"type $S struct { V any }", "type $R struct { V int }", "", "", []string{`{"V": 1}`}},
	{"type $S struct { V int }", "type $R struct { V any }", "", "", []string{`{"V": 1}`}},
	{"type $S int", "type $R any", "", "any", []string{`1`}},
	{"type $S struct { X int }", "type $R interface { Shape() }", "", "", []string{`{"X": 1}`}},
	{"type $S any", "type $R any", "any", "any", []string{`1`, `{"@type": "main.Item", "@value": {"B": "b"}}`}},
	{"type $S any", "type $R int", "any", "int", []string{`1`}},
	{"type $S struct { V []any }", "type $R struct { V []any }", "", "", []string{`{"V": [null, 1, null, {"@type": "main.Item", "@value": {}}]}`}},
	{"type $S struct { V map[string]any }", "type $R struct { V map[string]any }", "", "", []string{`{"V": {"a": null, "b": {"@type": "int8", "@value": 5}}}`}},

	// Types that write themselves.
	{"type $S struct { T time.Time; P *time.Time }", "type $R struct { T *time.Time; P time.Time }", "", "", []string{`{"T": "2009-11-10T23:00:00Z", "P": "2009-11-10T23:00:00+01:00"}`, `{}`}},
	{"type $S struct { T time.Time }", "type $R struct { T big.Int }", "", "", []string{`{"T": "2009-11-10T23:00:00Z"}`, `{}`}},
	{"type $S struct { T big.Int }", "type $R struct { T time.Time }", "", "", []string{`{"T": 5}`, `{"T": 123456789012345678901234567890}`}},
	{"type $S struct { T *big.Int }", "type $R struct { T *big.Float }", "", "", []string{`{"T": 5}`, `{"T": 123456789012345678901234567890}`}},
	{"type $S struct { T *big.Int }", "type $R struct { T *big.Rat }", "", "", []string{`{"T": 5}`}},
	{"type $S struct { T time.Time }", "type $R struct { T netip.Addr }", "", "", []string{`{"T": "2009-11-10T23:00:00Z"}`, `{}`}},
	{"type $S struct { T netip.AddrPort }", "type $R struct { T netip.Addr }", "", "", []string{`{"T": "10.0.0.1:80"}`, `{"T": "[::1]:80"}`}},
	{"type $S struct { T netip.Addr }", "type $R struct { T netip.AddrPort }", "", "", []string{`{"T": "10.0.0.1"}`, `{"T": "::1"}`}},
	{"type $S struct { T time.Time }", "type $R struct { T string }", "", "", []string{`{}`}},
	{"type $S struct { T []byte }", "type $R struct { T time.Time }", "", "", []string{`{}`}},
	{"type $S struct { T struct { A int } }", "type $R struct { T GobStruct }", "", "", []string{`{}`}},
	{"type $S struct { T GobStruct }", "type $R struct { T struct { A int } }", "", "", []string{`{}`}},
	{"type $S time.Time", "type $R time.Time", "time.Time", "time.Time", []string{`"2009-11-10T23:00:00Z"`}},
	{"type $S time.Time", "type $R string", "time.Time", "", []string{`"2009-11-10T23:00:00Z"`}},
	{"type $S string", "type $R time.Time", "", "time.Time", []string{`"2009"`}},
	{"type $S struct { M map[string]time.Time; L []*big.Int }", "type $R struct { M map[string]*time.Time; L []big.Int }", "", "", []string{`{"M": {"a": "2009-11-10T23:00:00Z"}, "L": [0, 5]}`}},
	{"type $S struct { D time.Duration }", "type $R struct { D int32 }", "", "", []string{`{"D": 5}`, `{"D": 5000000000}`}},
}
