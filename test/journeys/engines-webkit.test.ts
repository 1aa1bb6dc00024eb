import { journeysIn } from './engines.ts'

journeysIn('webkit')
