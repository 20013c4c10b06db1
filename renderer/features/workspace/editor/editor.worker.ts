/** Monaco's own worker (word lists, links, diffs), served from our files so that nothing comes from elsewhere. */
import 'monaco-editor/editor/editor.worker'
