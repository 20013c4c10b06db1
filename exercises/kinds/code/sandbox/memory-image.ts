/** The memory of an engine at one moment, to go back to: whatever ran after it is undone to the last byte. */
export class MemoryImage {
  readonly #memory: WebAssembly.Memory
  /** Up to the last byte that is not zero. */
  readonly #bytes: Uint8Array

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory
    const words = new Int32Array(memory.buffer)
    let end = words.length
    while (end > 0 && words[end - 1] === 0) end -= 1
    this.#bytes = new Uint8Array(memory.buffer).slice(0, end * 4)
  }

  /** Memory that the engine took from the host since then stays, and holds zeros, as it did when it came. */
  restore(): void {
    const bytes = new Uint8Array(this.#memory.buffer)
    bytes.set(this.#bytes)
    bytes.fill(0, this.#bytes.length)
  }
}
