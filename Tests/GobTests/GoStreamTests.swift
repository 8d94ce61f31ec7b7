import GoTypes
import Gob
import GobJSON
import Testing

/// Streams of Go 1.19 whose types the vectors have not.
@Suite struct GoStreamTests {
    /// Many ways in which Go names a type, or does not.
    static let declarations = """
        type point struct { X, Y int }
        type W struct {
            I big.Int
            T time.Time
            U *time.Time
            R []big.Int
            Z [2]point
            P []*point
            M map[string]point
            Q point
            An struct { K []map[string]*point }
            B [3]byte
        }
        """

    static let stream = """
        56ff85030101015701ff8600010a01014901ff880001015401ff840001015501ff840001015201ff8a00\
        01015a01ff8e0001015001ff900001014d01ff920001015101ff8c000102416e01ff940001014201ff9a\
        0000000fff8705010103496e7401ff8800000010ff830501010454696d6501ff8400000018ff89020101\
        095b5d6269672e496e7401ff8a0001ff8800001eff8d0101010d5b325d6d61696e2e706f696e7401ff8e\
        0001ff8c0104000018ff8b030102ff8c00010201015801040001015901040000001cff8f0201010d5b5d\
        2a6d61696e2e706f696e7401ff900001ff8c000026ff91040101156d61705b737472696e675d6d61696e\
        2e706f696e7401ff9200010c01ff8c00003aff9303010125737472756374207b204b205b5d6d61705b73\
        7472696e675d2a6d61696e2e706f696e74207d01ff9400010101014b01ff9800000027ff97020101185b\
        5d6d61705b737472696e675d2a6d61696e2e706f696e7401ff980001ff9600000fff95040102ff960001\
        0c01ff8c000018ff99010101085b335d75696e743801ff9a0001060106000023ff860101020301010201\
        02000001010102010400010101610001000100010300000000
        """

    @Test("names, types and zero values are those that Go sends")
    func names() throws {
        var types = GoTypeSet()
        try types.declare(Self.declarations)
        let type = try types.type("W")
        let received = try #require(try decodeAll(Array(hex: Self.stream)).first)
        let (schema, index) = try types.schema(of: type)
        #expect(
            Definitions(schema: schema, root: index)
                == Definitions(schema: received.schema, root: received.type)
        )
        let document = #"{"P":[{"X":1,"Y":2}],"M":{"a":{}},"R":[0]}"#
        let json = try JSONValue(parsing: Array(document.utf8))
        let sent = try GobJSONReader(types: types).datum(json, as: type)
        // After the definitions, and the ids, which Go gives to types that were sent before, too.
        let value = try encode(sent).hex.suffix(66)
        #expect(Self.stream.hasSuffix(value))
    }
}
