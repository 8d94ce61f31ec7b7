import Foundation

/// The program in Go of `Tests/GoPeer`: the article's client and server.
enum GoPeer {
    private static let building = Task { try await GoProgram.build("GoPeer") }

    /// The program's path.
    static var path: String {
        get async throws { try await building.value }
    }
}

/// The program in Go of `Tests/GoShop`, which has types of many kinds and checks values of them.
enum GoShop {
    private static let building = Task { try await GoProgram.build("GoShop") }

    /// The program's path.
    static var path: String {
        get async throws { try await building.value }
    }

    /// The path of one of its files.
    static func file(_ name: String) -> String {
        GoProgram.folder("GoShop") + "/" + name
    }
}

/// The program in Go of `Tests/Faults`, which does to gobtalk what strangers may do.
enum GoFaults {
    private static let building = Task { try await GoProgram.build("Faults") }

    /// The program's path.
    static var path: String {
        get async throws { try await building.value }
    }
}

/// The program in Go of `Tests/GoProxy`: both sides of conversations that a proxy carries.
enum GoProxy {
    private static let building = Task { try await GoProgram.build("GoProxy") }

    /// The program's path.
    static var path: String {
        get async throws { try await building.value }
    }
}

/// Programs in Go, each built once for a run of the tests.
private enum GoProgram {
    static func folder(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../\(name)").standardizedFileURL.path
    }

    static func build(_ name: String) async throws -> String {
        let file = "gobtalk-\(name)-\(ProcessInfo.processInfo.processIdentifier)"
        let binary = FileManager.default.temporaryDirectory.appending(component: file).path
        let outcome = try await Tool.run(
            "sh",
            ["-c", "cd \"$0\" && go build -o \"$1\" .", folder(name), binary]
        )
        guard outcome.status == 0 else {
            throw Missing(description: "no program in Go (Debian's golang-go): \(outcome.errors)")
        }
        return binary
    }
}
