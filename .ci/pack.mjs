// Compressing as far as it goes, with nothing in it of where and when that was.
import zlib from "node:zlib";

export function gzip(bytes) {
  const packed = zlib.gzipSync(bytes, { level: 9 });
  // The system on which it was made: unknown. The time is not set by Node.js.
  packed[9] = 255;
  return packed;
}

export function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_SIZE_HINT: size } = zlib.constants;
  return zlib.brotliCompressSync(bytes, { params: { [quality]: 11, [window]: 24, [size]: bytes.length } });
}
