import { Button, IconButton } from '../../../ui/index.ts'
import type { PinToggle } from './use-pin.ts'

/** The mark beside something that can be kept as evidence: pressed while it is. */
export function PinMark({ title, pin, onPress }: { title: string; pin: PinToggle; onPress: Parameters<PinToggle['toggle']>[0] }) {
  return <IconButton label={`Pin "${title}" as evidence`} icon="pin" aria-pressed={pin.isPinned} onClick={() => void pin.toggle(onPress)} />
}

/** The same with words. */
export function PinWords({ words, pin, disabled = false, onPress }: { words: string; pin: PinToggle; disabled?: boolean; onPress: Parameters<PinToggle['toggle']>[0] }) {
  return (
    <Button size="compact" icon="pin" aria-pressed={pin.isPinned} disabled={disabled} onClick={() => void pin.toggle(onPress)}>
      {words}
    </Button>
  )
}
