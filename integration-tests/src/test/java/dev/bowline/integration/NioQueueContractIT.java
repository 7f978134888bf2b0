package dev.bowline.integration;

class NioQueueContractIT extends QueueContract implements OnNio {}
