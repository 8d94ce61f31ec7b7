// Command faults does to a gobtalk what strangers may do, and checks that nobody else pays for it.
//
//	faults -gobtalk PATH [-mode MODE] [-t 10s] [-each 10] [-n 1000000] [-c 64] [-seed 1] [-spare 0] [ARGUMENT...]
//
// It starts the program itself, with --serve and the arguments, and ends it. The modes:
//
//	peers   bad peers of every kind for -t, -each of each kind at once, while two good clients
//	        count their replies; then the descriptors and the memory of the program are compared
//	        with those before
//	count   -n messages from -c connections, strings and structs mixed; every row that the
//	        program prints is compared with what was sent
//	garble  -n streams of random and mutated bytes, each on a connection of its own
//
// It prints one line of JSON, and exits with 1 if a promise was broken; what and how is on standard
// error.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"
)

var (
	program  = flag.String("gobtalk", "", "the program")
	mode     = flag.String("mode", "peers", "peers, count or garble")
	duration = flag.Duration("t", 10*time.Second, "how long bad peers go on")
	each     = flag.Int("each", 10, "how many bad peers of each kind")
	number   = flag.Int("n", 0, "how many messages or streams")
	clients  = flag.Int("c", 64, "how many connections at once")
	seed     = flag.Int64("seed", 1, "for what is random")
	spare    = flag.Int("spare", 0, "how many descriptors a sanitizer in the program may open for itself")
)

// args are further arguments of the program.
func args() []string {
	return flag.Args()
}

func main() {
	flag.Parse()
	modes := map[string]func() (any, error){"peers": peers, "count": count, "garble": garble}
	run, ok := modes[*mode]
	if !ok || *program == "" {
		flag.Usage()
		os.Exit(64)
	}
	report, err := run()
	if line, jsonErr := json.Marshal(report); jsonErr == nil && report != nil {
		fmt.Println(string(line))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}
