/// The types that every program knows, and those of Go's library and of well known packages that
/// gob sends in a way of their own.
enum GoLibrary {
    /// Go's predeclared types.
    static let universe: [String: GoType] = {
        var types: [String: GoType] = [
            "byte": .basic(.uint8), "rune": .basic(.int32), "any": .interface(methods: ""),
            "error": .interface(methods: "Error() string"),
        ]
        for basic in GoType.Basic.allCases { types[basic.rawValue] = .basic(basic) }
        return types
    }()

    /// The declarations, by package and name: `time.Time`.
    static let declarations: [String: GoDeclaration] = {
        var declarations: [String: GoDeclaration] = [:]
        for source in sources {
            guard var parser = try? GoParser(source), let parsed = try? parser.source() else {
                preconditionFailure("declarations that are no Go: \(source)")
            }
            let package = parsed.package ?? ""
            for var declaration in parsed.declarations {
                declaration.package = package
                declarations["\(package).\(declaration.name)"] = declaration
            }
            for method in parsed.methods {
                declarations["\(package).\(method.type)"]?.encoding = method.encoding
            }
        }
        return declarations
    }()

    /// As their own sources have them, as far as gob and JSON see them.
    private static let sources = [
        """
        package time
        type Time struct { wall uint64 }
        type Duration int64
        type Month int
        type Weekday int
        func (t Time) GobEncode()
        """,
        """
        package big
        type Int struct { neg bool }
        type Float struct { prec uint32 }
        type Rat struct { a Int }
        func (x *Int) GobEncode()
        func (x *Float) GobEncode()
        func (x *Rat) GobEncode()
        """,
        """
        package url
        type URL struct {
            Scheme string
            Opaque string
            User *url.Userinfo
            Host, Path, Fragment, RawQuery, RawPath, RawFragment string
            ForceQuery, OmitHost bool
        }
        type Userinfo struct { username string }
        type Values map[string][]string
        func (u *URL) MarshalBinary()
        """,
        """
        package net
        type IP []byte
        type IPMask []byte
        type HardwareAddr []byte
        type IPNet struct { IP net.IP; Mask net.IPMask }
        """,
        """
        package netip
        type Addr struct { z uint64 }
        type AddrPort struct { port uint16 }
        type Prefix struct { bits int16 }
        func (a Addr) MarshalBinary()
        func (p AddrPort) MarshalBinary()
        func (p Prefix) MarshalBinary()
        """,
        """
        package uuid
        type UUID [16]byte
        func (u UUID) MarshalBinary()
        """,
        """
        package decimal
        type Decimal struct { exp int32 }
        func (d Decimal) GobEncode()
        """,
    ]
}
