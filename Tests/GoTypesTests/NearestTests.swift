import GoTypes
import Testing

/// What was perhaps meant.
@Suite struct NearestTests {
    @Test(
        "the nearest name is found, and none that is far",
        arguments: [
            ("Nmae", "Name"), ("name", "Name"), ("Addres", "Address"), ("Adress", "Address"),
            ("Quantity", nil), ("X", nil), ("", nil),
        ] as [(String, String?)]
    )
    func finds(_ name: String, _ expected: String?) {
        #expect(nearest(to: name, among: ["Name", "Address", "N"]) == expected)
    }
}
