/** A lab for as long as its exercise is on screen. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Diagnostic } from '../../../../exercises/kinds/code/compile/compiler.ts'
import type { CodeExercise } from '../../../../exercises/kinds/code/schema.ts'
import type { CodeLab, CompilerState } from './lab/code-lab.ts'
import { createCodeLab } from './lab/create-code-lab.ts'

export function useCodeLab(exercise: CodeExercise): CodeLab {
  const [lab] = useState(() => createCodeLab(exercise))
  useEffect(() => {
    void lab.prepare()
    return () => lab.close()
  }, [lab])
  return lab
}

export function useCompilerState(lab: CodeLab): CompilerState {
  return useSyncExternalStore(
    (listener) => lab.listen(listener),
    () => lab.compilerState,
  )
}

/** The compiler looks when typing pauses for this long. */
const pauseMs = 250

/** What the compiler says about `answer`; null until it said something. */
export function useDiagnostics(lab: CodeLab, answer: string, compiler: CompilerState): readonly Diagnostic[] | null {
  const isReady = compiler.name === 'ready'
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[] | null>(null)
  useEffect(() => {
    if (!isReady) return
    let current = true
    const timer = setTimeout(() => {
      void lab.check(answer).then((found) => {
        if (current && found !== null) setDiagnostics(found)
      })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [lab, answer, isReady])
  return diagnostics
}
