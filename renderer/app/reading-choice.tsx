import type { Settings } from '../../main/api/index.ts'
import { RadioGroup } from '../ui/index.ts'
import type { RadioOption } from '../ui/index.ts'
import { useSettings } from './data.ts'

const sizes: readonly RadioOption<string>[] = [15, 16, 17, 18, 19, 20].map((size) => ({ value: String(size), label: String(size) }))
const widths: readonly RadioOption<Settings['readingWidth']>[] = [
  { value: 'narrow', label: 'Narrow' },
  { value: 'normal', label: 'Normal' },
  { value: 'wide', label: 'Wide' },
]
const spacings: readonly RadioOption<Settings['readingSpacing']>[] = [
  { value: 'normal', label: 'Normal' },
  { value: 'open', label: 'Open' },
  { value: 'very-open', label: 'Very open' },
]
const fonts: readonly RadioOption<Settings['readingFont']>[] = [
  { value: 'normal', label: 'Normal' },
  { value: 'distinct', label: 'Distinct' },
]

/** One choice about the look of reading text; it holds at once, in the reader and in the settings. */
export function ReadingChoice({ of }: { of: 'size' | 'width' | 'spacing' | 'font' }) {
  const { settings, change } = useSettings()
  switch (of) {
    case 'size':
      return <RadioGroup segmented label="Reading size in pixels" options={sizes} value={String(settings.readingSize)} onChange={(size) => change({ readingSize: Number(size) })} />
    case 'width':
      return <RadioGroup segmented label="Line length" options={widths} value={settings.readingWidth} onChange={(readingWidth) => change({ readingWidth })} />
    case 'spacing':
      return <RadioGroup segmented label="Line spacing" options={spacings} value={settings.readingSpacing} onChange={(readingSpacing) => change({ readingSpacing })} />
    case 'font':
      return <RadioGroup segmented label="Typeface" options={fonts} value={settings.readingFont} onChange={(readingFont) => change({ readingFont })} />
  }
}
