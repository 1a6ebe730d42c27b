export { provideComapi } from './angular/provideComapi.js';
export { injectComapi } from './angular/injectComapi.js';
export { injectConversation, type InjectedConversation } from './angular/injectConversation.js';
export { injectConversations } from './angular/injectConversations.js';
export { injectConnection } from './angular/injectConnection.js';
