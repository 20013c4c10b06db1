/** Colours for the query languages of the incident room, as grammars of highlight.js. */
import type { LanguageFn } from 'lowlight'

const strings = [{ scope: 'string', begin: '"', end: '"', contains: [{ begin: /\\./ }] }, { scope: 'string', begin: '`', end: '`' }]
const numbers = { scope: 'number', begin: /\b\d+(\.\d+)?(ms|[smhdwy]|(e[+-]?\d+))*\b/ }
const comment = { scope: 'comment', begin: /#/, end: /$/ }

export const promqlGrammar: LanguageFn = () => ({
  name: 'PromQL',
  keywords: { keyword: 'by without on ignoring group_left group_right bool offset and or unless', built_in: 'sum avg min max count stddev stdvar topk bottomk quantile count_values group rate irate increase delta deriv histogram_quantile avg_over_time max_over_time min_over_time sum_over_time count_over_time quantile_over_time last_over_time predict_linear absent changes resets clamp clamp_min clamp_max label_replace label_join round sort sort_desc time vector scalar' },
  contains: [comment, ...strings, numbers],
})

export const logqlGrammar: LanguageFn = () => ({
  name: 'LogQL',
  keywords: { keyword: 'by without on ignoring and or unless bool offset unwrap', built_in: 'json logfmt regexp pattern unpack line_format label_format drop keep decolorize sum avg min max count topk bottomk rate count_over_time bytes_rate bytes_over_time sum_over_time avg_over_time max_over_time min_over_time quantile_over_time first_over_time last_over_time absent_over_time' },
  contains: [comment, ...strings, numbers],
})
