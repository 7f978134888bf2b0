package dev.bowline.testkit.contract.queue;

/* The queue in memory, against every contract. */

class MemoryQueueOrderContractTest extends OrderContract implements OnMemoryQueue {}

class MemoryQueueBoundContractTest extends BoundContract implements OnMemoryQueue {}

class MemoryQueueWaitingContractTest extends WaitingContract implements OnMemoryQueue {}

class MemoryQueueDropContractTest extends DropContract implements OnMemoryQueue {}

class MemoryQueueDepartureContractTest extends DepartureContract implements OnMemoryQueue {}

class MemoryQueueLockContractTest extends LockContract implements OnMemoryQueue {}

class MemoryQueueSealContractTest extends SealContract implements OnMemoryQueue {}

class MemoryQueueStressContractTest extends StressContract implements OnMemoryQueue {}
