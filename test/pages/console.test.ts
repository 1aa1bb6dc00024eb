import { consolePages } from './console.ts'
import { measurePages } from './tests.ts'

measurePages('each page of the console, in each state', consolePages)
