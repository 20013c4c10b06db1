/** A test for IPv4 addresses: one address, a range `a-b` or a network `a/24`. Null when the text is none of them. */
export function parseIpTest(text: string): ((address: number) => boolean) | null {
  const network = /^([\d.]+)\/(\d{1,2})$/.exec(text)
  if (network !== null) {
    const base = parseIp(network[1] ?? '')
    const bits = Number(network[2])
    if (base === null || bits > 32) return null
    const size = 2 ** (32 - bits)
    const low = base - (base % size)
    return (address) => address >= low && address < low + size
  }
  const [from, to, ...rest] = text.split('-').map((part) => parseIp(part.trim()))
  if (from === null || from === undefined || to === null || rest.length > 0) return null
  return to === undefined ? (address) => address === from : (address) => address >= from && address <= to
}

/** An IPv4 address as a number, or null. */
export function parseIp(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return null
  let address = 0
  for (const part of match.slice(1)) {
    if (Number(part) > 255) return null
    address = address * 256 + Number(part)
  }
  return address
}

/** Whether a line holds an address that passes the test. */
export function lineHasIp(line: string, test: (address: number) => boolean): boolean {
  for (const match of line.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)) {
    const address = parseIp(match[0])
    if (address !== null && test(address)) return true
  }
  return false
}
