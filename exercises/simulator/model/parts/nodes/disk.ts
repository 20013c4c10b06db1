/** Saved disk. */
export interface DiskState {
  readonly sizeBytes: number
  readonly usedBytes: number
  readonly growth: number
  readonly sinceUs: number
}

/** A disk that fills. Numbers of bytes; growth in bytes a second. */
export class Disk {
  sizeBytes: number
  private usedBytes: number
  private growth: number
  private sinceUs = 0

  constructor(sizeBytes: number, usedBytes: number, growth: number) {
    this.sizeBytes = sizeBytes
    this.usedBytes = usedBytes
    this.growth = growth
  }

  /** Bytes in use at a time that does not go back. */
  used(nowUs: number): number {
    this.usedBytes = Math.min(this.sizeBytes, this.usedBytes + ((nowUs - this.sinceUs) * this.growth) / 1e6)
    this.sinceUs = nowUs
    return this.usedBytes
  }

  /** Writes; false when there is no room. */
  write(bytes: number, nowUs: number): boolean {
    if (this.used(nowUs) + bytes > this.sizeBytes) return false
    this.usedBytes += bytes
    return true
  }

  /** Whether nothing more can be written. A file system is full a little before its last byte. */
  isFull(nowUs: number): boolean {
    return this.used(nowUs) > this.sizeBytes - 4096
  }

  /** Fills or frees up to an amount. */
  set(usedBytes: number, nowUs: number): void {
    this.used(nowUs)
    this.usedBytes = Math.min(this.sizeBytes, Math.max(0, usedBytes))
  }

  setGrowth(growth: number, nowUs: number): void {
    this.used(nowUs)
    this.growth = growth
  }

  save(): DiskState {
    return { sizeBytes: this.sizeBytes, usedBytes: this.usedBytes, growth: this.growth, sinceUs: this.sinceUs }
  }

  load(state: DiskState): void {
    Object.assign(this, state)
  }
}
