import { journeysIn } from './engines.ts'

journeysIn('firefox')
