// The client, and what it is made with.
export { createClient } from './client/createClient.js';
export type { Client } from './client/Client.js';
export type { ClientOptions } from './client/ClientOptions.js';
export type { Conversation, TimelineOptions } from './conversation/Conversation.js';
export type { ConversationLog } from './log/ConversationLog.js';
export type { From } from './log/startOf.js';
export type { EventStreams } from './feed/eventStreams.js';
export type { ConversationSummary } from './projection/ConversationSummary.js';
export type { HandlerError } from './feed/HandlerError.js';
export type { Reconnected } from './feed/Reconnected.js';

// What comes over the line.
export type { EventMap } from './wire/EventMap.js';
export type { ComapiEvent } from './wire/ComapiEvent.js';
export type { EventMeta } from './wire/EventMeta.js';
export type { UnknownEvent } from './wire/UnknownEvent.js';
export type { DecodeError } from './wire/DecodeError.js';
export { decodeFrame } from './wire/decodeFrame.js';
export { ConversationDeletedEventData } from './wire/event/conversationDeleted.js';
export { ConversationUndeletedEventData } from './wire/event/conversationUndeleted.js';
export { ConversationUpdatedEventData } from './wire/event/conversationUpdated.js';
export { ParticipantAddedEventData } from './wire/event/participantAdded.js';
export { ParticipantRemovedEventData } from './wire/event/participantRemoved.js';
export { ParticipantTypingEventData } from './wire/event/participantTyping.js';
export { ParticipantTypingOffEventData } from './wire/event/participantTypingOff.js';
export { ProfileUpdatedEvent } from './wire/event/profileUpdated.js';
export { ConversationMessageEvent } from './wire/event/conversationMessageEvent.js';
export { MessageSentPayload } from './wire/MessageSentPayload.js';
export { MessageStatusUpdatePayload } from './wire/MessageStatusUpdatePayload.js';
export { MessagePart } from './wire/MessagePart.js';
export { ConversationRoles } from './wire/ConversationRoles.js';
export { ConversationPrivileges } from './wire/ConversationPrivileges.js';

// What goes wrong.
export { ComapiError } from './fault/ComapiError.js';
export type { ErrorCode, Fault } from './fault/Fault.js';

// The line.
export type { ConnectionStatus } from './transport/ConnectionStatus.js';
export type { AttemptContext } from './transport/AttemptContext.js';
export type { Failure } from './transport/Failure.js';
export type { Verdict } from './transport/Verdict.js';
export type { WebSocketCtor } from './transport/WebSocketCtor.js';
export type { Logger } from './transport/Logger.js';
export type { StoredSession } from './session/StoredSession.js';
export type { SessionStore } from './session/SessionStore.js';
export { webStorageSessionStore } from './session/webStorageSessionStore.js';

// Live and history as one.
export { mergeHistory, type MergeHistoryOptions } from './history/mergeHistory.js';
export type { LogIterator } from './history/iterateLog.js';
export type { MergedHistory } from './history/MergedHistory.js';
export type { HistoryOptions } from './history/HistoryOptions.js';
export type { SyncStatus } from './history/SyncStatus.js';
export type { Discontinuity } from './history/Discontinuity.js';

// What a screen shows.
export type { Message } from './projection/Message.js';
export type { Timeline } from './projection/Timeline.js';
export { projectMessages } from './projection/projectMessages.js';
export { projectPage } from './projection/projectPage.js';

// REST.
export type { Rest } from './rest/Rest.js';
export type { ConversationDetails } from './rest/ConversationDetails.js';
export type { ListedConversation } from './rest/ListedConversation.js';
export type { IfMatch } from './rest/IfMatch.js';
export type { NewMessage, SentMessage } from './rest/NewMessage.js';
export type { Participant } from './rest/Participant.js';
export type { Profile } from './rest/Profile.js';
export type { Tagged } from './rest/Tagged.js';
export type { EventPage } from './wire/EventPage.js';
export type { MessagePage } from './wire/MessagePage.js';
