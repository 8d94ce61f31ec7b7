// swift-tools-version: 6.2

import PackageDescription

/// Shared by every target of ours; dependencies are not affected.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

let package = Package(
    name: "gobtalk",
    products: [
        .executable(name: "gobtalk", targets: ["gobtalk"]),
        .library(name: "Gob", targets: ["Gob"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // gob: bytes in, values out. Depends on nothing.
        .target(name: "Gob", swiftSettings: strict + [.strictMemorySafety()]),
        // Go's types on top of it: declarations in Go source, and what a Go program receives.
        .target(name: "GoTypes", dependencies: ["Gob"], swiftSettings: strict),
        .target(name: "GobJSON", dependencies: ["Gob", "GoTypes"], swiftSettings: strict),

        // The network: connections, lines, deadlines. NIO stays inside.
        .target(name: "CSocket"),
        .target(name: "Net", dependencies: [nioCore, nioPosix, "CSocket"], swiftSettings: strict),

        // The terminal: libedit, owned by one thread.
        .systemLibrary(
            name: "CLibedit",
            pkgConfig: "libedit",
            providers: [.apt(["libedit-dev"])],
        ),
        .target(name: "CTerminal", dependencies: ["CLibedit"]),
        .target(name: "CMemory"),
        .target(name: "LineEditing", dependencies: ["CTerminal"], swiftSettings: strict),

        // Commands, handlers, session, printing: all that the program does.
        .target(
            name: "Shell",
            dependencies: [
                "Gob", "GoTypes", "GobJSON", "Net", "LineEditing", "CMemory",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict,
        ),

        // Options and wiring.
        .executableTarget(
            name: "gobtalk",
            dependencies: [
                "Shell",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
        ),

        // Speed, side by side with Go: `Tests/Benchmarks/compare`.
        .executableTarget(
            name: "gobbench",
            dependencies: [
                "Gob",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmarks/gobbench",
            swiftSettings: strict,
        ),

        // Prompts in a terminal: how long a key and a start take.
        .executableTarget(
            name: "termbench",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/Benchmarks/termbench",
            swiftSettings: strict,
        ),

        // Streams from strangers, by the million: `swift run -c release commandfuzz`.
        .executableTarget(
            name: "commandfuzz",
            dependencies: [
                "Shell", "Net", nioCore,
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/CommandFuzz",
            swiftSettings: strict,
        ),

        .testTarget(
            name: "GobTests",
            dependencies: ["Gob", "GoTypes", "GobJSON", "TestSupport"],
            resources: [.copy("Vectors")],
            swiftSettings: strict,
        ),
        .testTarget(name: "GoTypesTests", dependencies: ["Gob", "GoTypes"], swiftSettings: strict),
        .testTarget(
            name: "GobJSONTests",
            dependencies: ["Gob", "GoTypes", "GobJSON"],
            swiftSettings: strict,
        ),
        .testTarget(
            name: "NetTests",
            dependencies: ["Net", "TestSupport"],
            swiftSettings: strict,
        ),
        .testTarget(
            name: "LineEditingTests",
            dependencies: ["LineEditing"],
            swiftSettings: strict,
        ),
        .testTarget(
            name: "ShellTests",
            dependencies: [
                "Shell", "Gob", "GoTypes", "GobJSON", "Net", "LineEditing", "TestSupport",
            ],
            swiftSettings: strict,
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .target(name: "CTestSupport", path: "Tests/CTestSupport"),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "gobtalk", "commandfuzz", "Shell", "Gob", "GobJSON", "Net", "LineEditing",
                "TestSupport", "CTestSupport",
            ],
            resources: [.copy("Schemas")],
            swiftSettings: strict,
        ),
    ],
)
