/// Where in a JSON document: `.C.M["one"]`, `.P[3]`.
struct JSONPath: Sendable {
    private(set) var text = ""

    func field(_ name: String) -> JSONPath { appending(".\(name)") }
    func index(_ index: Int) -> JSONPath { appending("[\(index)]") }
    func key(_ key: String) -> JSONPath { appending("[\"\(key)\"]") }

    private func appending(_ step: String) -> JSONPath {
        var path = self
        path.text += step
        return path
    }
}
