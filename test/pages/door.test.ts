import { doorPages, errorPages } from './door.ts'
import { measurePages } from './tests.ts'

measurePages('each page before and around the console, in each state', { ...doorPages, ...errorPages })
