import CZlib

/// Gzip (RFC 1952) through zlib.
///
/// A random-length name in the header blurs the length of the answer, so that guesses about a page's secrets
/// cannot be read off its compressed size.
enum Compression {
    static func gzip(_ bytes: some Collection<UInt8>, level: Int32 = 4, padding: Int = .random(in: 0..<24)) -> [UInt8]?
    {
        let input = Array(bytes)
        var stream = z_stream()
        // 15 bits of window and 16 for the gzip wrapping.
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var name = [UInt8](repeating: UInt8(ascii: "x"), count: padding) + [0]
        return name.withUnsafeMutableBufferPointer { name in
            var header = gz_header()
            header.name = name.baseAddress
            header.os = 255
            return withUnsafeMutablePointer(to: &header) { header in
                deflateSetHeader(&stream, header)
                return deflated(input, &stream)
            }
        }
    }

    private static func deflated(_ input: [UInt8], _ stream: inout z_stream) -> [UInt8]? {
        var input = input
        let room = Int(deflateBound(&stream, UInt(input.count))) + 64
        var output = [UInt8](repeating: 0, count: room)
        let status = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { return nil }
        output.removeLast(Int(stream.avail_out))
        return output
    }
}
