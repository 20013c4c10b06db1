import { expect, it } from 'vitest'
import { argumentFields, argumentsOf } from './argument-fields.ts'

const schema = { type: 'object', properties: { replicas: { type: ['string', 'number'] }, method: { type: 'string', enum: ['a', 'b'] }, 'at-once': { type: 'boolean', default: false }, extra: { type: 'object' } }, required: ['replicas'] }

it('reads names, kinds, choices and presets', () => {
  expect(argumentFields(schema)).toEqual([
    { name: 'replicas', isRequired: true, kind: 'text', options: [], preset: '' },
    { name: 'method', isRequired: false, kind: 'choice', options: ['a', 'b'], preset: '' },
    { name: 'at-once', isRequired: false, kind: 'switch', options: [], preset: 'false' },
  ])
  expect(argumentFields(null)).toEqual([])
  expect(argumentFields({ type: 'object' })).toEqual([])
})

it('leaves empty fields out and reads numbers and booleans', () => {
  const fields = argumentFields(schema)
  expect(argumentsOf(fields, { replicas: ' 4 ', method: '', 'at-once': 'true' })).toEqual({ replicas: 4, 'at-once': true })
  expect(argumentsOf(fields, { replicas: '2s' })).toEqual({ replicas: '2s' })
})

it('leaves out how a release is, unless an action names it', () => {
  const release = { type: 'object', properties: { version: { type: 'string' }, errors: { type: 'string' }, 'cpu-factor': { type: 'number' } }, required: ['version'] }
  expect(argumentFields(release).map(({ name }) => name)).toEqual(['version'])
  expect(argumentFields(release, { version: 'v3', errors: '0' }).map(({ name }) => name)).toEqual(['version', 'errors'])
})

it('has a switch that must be set stand on off', () => {
  expect(argumentFields({ type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] })).toMatchObject([{ kind: 'switch', preset: 'false' }])
})
