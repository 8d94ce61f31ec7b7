import Foundation
import TestSupport

/// A program in Go made of what `schema` printed: a package for each source, compiled together, which
/// decodes streams as the types of the source and compares the values.
struct GoSchemas {
    /// A source, and two streams whose values it should be able to tell.
    struct Sample {
        let name: String
        /// What `schema` printed.
        let source: String
        /// The types of the values, as the source calls them.
        let types: [String]
        /// What is in interfaces, by the name that the sender registered.
        let registered: [(name: String, type: String)]
        /// Go's own stream, and the one that is to have the same values.
        let streams: [[UInt8]]
    }

    private let folder: TemporaryFolder

    /// Compiles the sources of samples in one go.
    init(_ samples: [Sample], in folder: TemporaryFolder) async throws {
        self.folder = folder
        try folder.write("go.mod", "module schemas\n\ngo 1.19\n")
        var packages: [String: String] = [:]
        for (number, sample) in samples.enumerated() {
            let package = packages[sample.source] ?? "p\(number)"
            if packages[sample.source] == nil {
                let url = folder.url.appending(component: package)
                try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
                let source = (sample.source + "\n")
                    .replacing("\npackage main\n", with: "\npackage \(package)\n")
                try folder.write("\(package)/types.go", source)
                packages[sample.source] = package
            }
            try folder.write("\(package)/use\(number).go", Self.use(sample, number, in: package))
            for (index, stream) in sample.streams.enumerated() {
                try folder.write("\(number).\(index)", stream)
            }
        }
        try folder.write("main.go", Self.main(samples, packages))
        // Without the folder's name in them, packages are found in Go's cache the next time.
        _ = try await run("go build -trimpath -ldflags=-w -o program .")
    }

    /// What differs between the values of the two streams of each sample, a line for each.
    func differences() async throws -> [String] {
        // Each in a process of its own, since names are registered once.
        let lines = try await run("for s in *.0; do ./program ${s%.0} || exit 1; done")
        return lines.split(separator: "\n").map { String($0) }
    }

    /// Runs a command in the folder, and returns what it prints.
    private func run(_ command: String) async throws -> String {
        let output = try await TestSupport.run(script: "cd \"$0\" && \(command)", ["\(folder)"])
        return String(decoding: output, as: UTF8.self)
    }

    /// What registers a source's types, and makes values of them to decode into.
    private static func use(_ sample: Sample, _ number: Int, in package: String) -> String {
        // Lists of basic types Go registers itself.
        let named = sample.registered.filter { $0.name.wholeMatch(of: /\[\][a-z0-9]+/) == nil }
        let registrations = named.map { name, type in
            let value = name.hasPrefix("*") ? "(*\(type))(nil)" : "*new(\(type))"
            return "\tgob.RegisterName(\"\(name)\", \(value))\n"
        }
        let values = sample.types.map { "new(\($0))" }.joined(separator: ", ")
        let body = registrations.joined() + "\treturn []any{\(values)}\n"
        let libraries = ["time", "math/big", "net/url", "net/netip"].filter { path in
            body.contains("\(path.split(separator: "/").last ?? "").")
        }
        let imports = (libraries + (registrations.isEmpty ? [] : ["encoding/gob"])).map {
            "import \"\($0)\"\n"
        }
        return """
            package \(package)

            \(imports.joined())
            // Values\(number) makes a variable for each value of the stream.
            func Values\(number)() []any {
            \(body)}

            """
    }

    private static func main(_ samples: [Sample], _ packages: [String: String]) -> String {
        let imports = packages.values.sorted().map { "\t\"schemas/\($0)\"\n" }.joined()
        let entries = samples.enumerated().map { number, sample in
            let package = packages[sample.source] ?? ""
            return "\t\"\(number)\": {\"\(sample.name)\", \(package).Values\(number)},\n"
        }
        return """
            package main

            import (
            \t"bytes"
            \t"encoding/gob"
            \t"fmt"
            \t"math"
            \t"os"
            \t"reflect"
            \(imports))

            var samples = map[string]struct {
            \tname   string
            \tvalues func() []any
            }{
            \(entries.joined())}

            \(comparison)
            """
    }

    /// As `reflect.DeepEqual`, private fields included, but a NaN is equal to one with the same bits.
    private static let comparison = #"""
        func equal(a, b reflect.Value) bool {
            if a.IsValid() != b.IsValid() {
                return false
            }
            if !a.IsValid() {
                return true
            }
            if a.Type() != b.Type() {
                return false
            }
            switch a.Kind() {
            case reflect.Bool:
                return a.Bool() == b.Bool()
            case reflect.String:
                return a.String() == b.String()
            case reflect.Float32, reflect.Float64:
                return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
            case reflect.Complex64, reflect.Complex128:
                x, y := a.Complex(), b.Complex()
                return math.Float64bits(real(x)) == math.Float64bits(real(y)) &&
                    math.Float64bits(imag(x)) == math.Float64bits(imag(y))
            case reflect.Pointer, reflect.Interface:
                return equal(a.Elem(), b.Elem())
            case reflect.Struct:
                for i := 0; i < a.NumField(); i++ {
                    if !equal(a.Field(i), b.Field(i)) {
                        return false
                    }
                }
                return true
            case reflect.Slice, reflect.Array:
                if a.Len() != b.Len() || a.Kind() == reflect.Slice && a.IsNil() != b.IsNil() {
                    return false
                }
                for i := 0; i < a.Len(); i++ {
                    if !equal(a.Index(i), b.Index(i)) {
                        return false
                    }
                }
                return true
            case reflect.Map:
                if a.Len() != b.Len() || a.IsNil() != b.IsNil() {
                    return false
                }
                for _, key := range a.MapKeys() {
                    if !equal(a.MapIndex(key), b.MapIndex(key)) {
                        return false
                    }
                }
                return true
            }
            if a.CanInt() {
                return a.Int() == b.Int()
            }
            // Whatever is left makes it panic.
            return a.Uint() == b.Uint()
        }

        func decode(path string, values []any) []any {
            stream, err := os.ReadFile(path)
            if err != nil {
                panic(err)
            }
            decoder := gob.NewDecoder(bytes.NewReader(stream))
            for _, value := range values {
                if err := decoder.Decode(value); err != nil {
                    fmt.Printf("%s: %T: %v\n", path, value, err)
                    os.Exit(0)
                }
            }
            return values
        }

        func main() {
            sample := samples[os.Args[1]]
            want := decode(os.Args[1]+".0", sample.values())
            got := decode(os.Args[1]+".1", sample.values())
            for i := range want {
                if !equal(reflect.ValueOf(want[i]), reflect.ValueOf(got[i])) {
                    fmt.Printf("%s: %#v, not %#v\n", sample.name, got[i], want[i])
                }
            }
        }
        """#
}
