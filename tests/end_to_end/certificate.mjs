// A certificate for the stand-ins, made anew for every run: nothing private is ever kept. Node can
// sign but not write X.509, and the little DER that it takes is shorter than a dependency.
import crypto from "node:crypto";

const tagged = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts) => tagged(0x30, ...parts);
const set = (...parts) => tagged(0x31, ...parts);
const integer = (bytes) => tagged(0x02, bytes);
const bits = (bytes) => tagged(0x03, Buffer.from([0]), bytes);
const octets = (bytes) => tagged(0x04, bytes);
const object = (...bytes) => tagged(0x06, Buffer.from(bytes));
const text = (words) => tagged(0x0c, Buffer.from(words));
const time = (date) => tagged(0x17, Buffer.from(date.toISOString().replace(/^20|[-:T]|\.\d+/g, "")));

const ECDSA_SHA256 = sequence(object(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = object(0x55, 0x04, 0x03);
const ALTERNATIVE_NAMES = object(0x55, 0x1d, 0x11);

/** { key, cert, print }: PEM texts for node:https, and the key's print for Chromium to trust. */
export function makeCertificate(hosts) {
  const { privateKey, publicKey } = crypto.generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const publicInfo = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(COMMON_NAME, text("a stand-in for tests"))));
  const day = 24 * 60 * 60 * 1000;
  const names = sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host))));
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), crypto.randomBytes(8)])),
    ECDSA_SHA256,
    name,
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    name,
    publicInfo,
    tagged(0xa3, sequence(sequence(ALTERNATIVE_NAMES, octets(names)))),
  );
  const certificate = sequence(body, ECDSA_SHA256, bits(crypto.sign("sha256", body, privateKey)));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    print: crypto.createHash("sha256").update(publicInfo).digest("base64"),
  };
}
