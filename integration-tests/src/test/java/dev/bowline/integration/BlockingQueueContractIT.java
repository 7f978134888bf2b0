package dev.bowline.integration;

class BlockingQueueContractIT extends QueueContract implements OnBlocking {}
