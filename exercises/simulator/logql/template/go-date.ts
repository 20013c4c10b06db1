const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const LAYOUT = /2006|06|January|Jan|Monday|Mon|MST|Z07:00|-07:00|-0700|01|02|_2|15|03|04|05|PM|pm|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g

const two = (value: number): string => String(value).padStart(2, '0')

/** A moment in UTC, written by a Go layout such as `2006-01-02T15:04:05.000Z07:00`. `timeUs`: microseconds since the epoch. */
export function formatGoDate(timeUs: number, layout: string): string {
  const date = new Date(Math.floor(timeUs / 1000))
  if (Number.isNaN(date.getTime())) return ''
  const micros = String(((timeUs % 1e6) + 1e6) % 1e6).padStart(6, '0').padEnd(9, '0')
  const hour12 = date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12
  const isAfternoon = date.getUTCHours() >= 12
  return layout.replaceAll(LAYOUT, (token) => {
    switch (token) {
      case '2006': return String(date.getUTCFullYear()).padStart(4, '0')
      case '06': return two(date.getUTCFullYear() % 100)
      case 'January': return MONTHS[date.getUTCMonth()] ?? ''
      case 'Jan': return (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3)
      case 'Monday': return DAYS[date.getUTCDay()] ?? ''
      case 'Mon': return (DAYS[date.getUTCDay()] ?? '').slice(0, 3)
      case 'MST': return 'UTC'
      case 'Z07:00': return 'Z'
      case '-07:00': return '+00:00'
      case '-0700': return '+0000'
      case '01': return two(date.getUTCMonth() + 1)
      case '1': return String(date.getUTCMonth() + 1)
      case '02': return two(date.getUTCDate())
      case '_2': return String(date.getUTCDate()).padStart(2)
      case '2': return String(date.getUTCDate())
      case '15': return two(date.getUTCHours())
      case '03': return two(hour12)
      case '3': return String(hour12)
      case '04': return two(date.getUTCMinutes())
      case '4': return String(date.getUTCMinutes())
      case '05': return two(date.getUTCSeconds())
      case '5': return String(date.getUTCSeconds())
      case 'PM': return isAfternoon ? 'PM' : 'AM'
      case 'pm': return isAfternoon ? 'pm' : 'am'
      default: return fraction(token, micros)
    }
  })
}

/** `.000` keeps its digits, `.999` drops zeros at the end. */
function fraction(token: string, nanos: string): string {
  const digits = nanos.slice(0, Math.min(token.length - 1, 9))
  if (token.endsWith('0')) return (token[0] ?? '.') + digits
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '' : (token[0] ?? '.') + kept
}
