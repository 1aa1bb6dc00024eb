import { journeysIn } from './engines.ts'

journeysIn('chromium')
