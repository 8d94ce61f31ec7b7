/// The name that was perhaps meant: the nearest by edits, within a third of the name's length.
///
/// Upper and lower case are not told apart; of a name of more than 64 characters nothing is near.
public func nearest(to name: String, among names: [String]) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let names = names.filter { $0.utf8.count <= 128 }
    let wanted = Array(name.lowercased())
    let distances = names.map { ($0, editDistance(wanted, Array($0.lowercased()))) }
    guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= (wanted.count + 1) / 3 ? best.0 : nil
}

/// How many characters must be put in, taken out, replaced or swapped with the next.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
        var current = [row + 1]
        for column in 0..<right.count {
            let isSame = left[row] == right[column]
            var cost = min(last[column + 1], current[column]) + 1
            cost = min(cost, last[column] + (isSame ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
