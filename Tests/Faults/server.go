package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// A server is a gobtalk that runs.
type server struct {
	command *exec.Cmd
	address string
	output  io.Reader
	// What it said on standard error, line by line, the first left out; nobody else reads it.
	complaints map[string]int
	drained    chan struct{}
}

// start starts the program and waits until it says where it listens.
func start(arguments ...string) (*server, error) {
	arguments = append([]string{"--serve", "--listen", "127.0.0.1:0"}, arguments...)
	command := exec.Command(*program, arguments...)
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	diagnostics, err := command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReaderSize(diagnostics, 1<<20)
	first, err := lines.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the program did not say where it listens: %q", first)
	}
	_, rest, _ := strings.Cut(first, "listening on ")
	address, _, _ := strings.Cut(rest, ";")
	s := &server{
		command: command, address: strings.TrimSpace(address), output: output,
		complaints: map[string]int{}, drained: make(chan struct{}),
	}
	go s.drain(lines)
	return s, nil
}

// warmUp has a message answered, so that what the program opens once only is open.
func (s *server) warmUp() error {
	good := goodClient{address: s.address}
	conn, err := good.message(nil)
	if conn != nil {
		conn.Close()
	}
	if err == nil {
		s.rest()
	}
	return err
}

// rest waits until the descriptors have been as many for a second: the program's runtime opens some of
// its own, when something first waits for a time.
func (s *server) rest() {
	last, same := s.descriptors(), 0
	for end := time.Now().Add(time.Minute); same < 10 && time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
		now := s.descriptors()
		if same++; now != last {
			last, same = now, 0
		}
	}
}

// drain counts the kinds of complaints.
func (s *server) drain(lines *bufio.Reader) {
	defer close(s.drained)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		// After the address of the peer, and without what it sent.
		_, what, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found {
			what = line
		}
		if i := strings.IndexAny(what, "0123456789\""); i >= 0 {
			what = what[:i]
		}
		s.complaints[what]++
	}
}

// alive says whether the program runs.
func (s *server) alive() bool {
	return s.command.Process.Signal(syscall.Signal(0)) == nil
}

// end ends the program, and reports an end that was none of ours.
func (s *server) end() error {
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("the program was gone: %v", err)
	}
	killer := time.AfterFunc(30*time.Second, func() { s.command.Process.Kill() })
	defer killer.Stop()
	io.Copy(io.Discard, s.output)
	<-s.drained
	err := s.command.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 143 {
		return nil
	}
	return fmt.Errorf("the program ended with %v in place of 143", err)
}

// memory is the resident memory in KiB.
func (s *server) memory() int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	for _, line := range strings.Split(string(status), "\n") {
		var kib int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kib); n == 1 {
			return kib
		}
	}
	return 0
}

// descriptors counts the open descriptors.
func (s *server) descriptors() int {
	entries, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.command.Process.Pid))
	return len(entries)
}

// settle waits until the program has as few descriptors as before, for a minute at most; it returns how
// many there are in the end, and complains if they are more.
func (s *server) settle(before int) (int, error) {
	want := before + *spare
	now := s.descriptors()
	for end := time.Now().Add(time.Minute); now > want && time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
		now = s.descriptors()
	}
	if now > want {
		return now, fmt.Errorf("%d descriptors before, %d after", before, now)
	}
	return now, nil
}
